package io.menso.bench.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Rows, queries and right answers in a folder, which all engines read.
///
/// @param folder      where
/// @param description what
public record DataSet(Path folder, Description description) {

    private static final String DESCRIPTION = "data.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PROBES = 4_000;
    private static final int PROBES_OF_A_SMALL_GALLERY = 1_100;
    private static final int SMALL = 10_000;
    private static final int MOST_NEWCOMERS = 20_000;

    /// What a data set is made from; two with equal descriptions are equal.
    ///
    /// @param n         rows
    /// @param dim       numbers of each
    /// @param plain     whether they are plain random
    /// @param seed      of all random numbers
    /// @param count     queries of each kind
    /// @param k         right answers kept
    /// @param filters   shares of the gallery in percent, besides no filter
    public record Description(int n, int dim, boolean plain, long seed, int count, int k, List<Double> filters) {

        Generator generator() {
            return plain ? Generator.plain(dim, seed) : Generator.structured(dim, seed);
        }

        public List<Queries> kinds() {
            return plain ? List.of(Queries.RANDOM) : List.of(Queries.HIT, Queries.NOMATCH);
        }

        /// Rows that a filter leaves.
        public int rows(double percent) {
            return Math.max(1, (int) Math.round(n * percent / 100));
        }
    }

    /// Opens it, or makes it first.
    public static DataSet prepare(Path folder, Description description, Parallel parallel) {
        Path file = folder.resolve(DESCRIPTION);
        try {
            if (Files.exists(file)
                    && JSON.readValue(file.toFile(), Description.class).equals(description)) {
                return new DataSet(folder, description);
            }
            Files.createDirectories(folder);
            DataSet made = new DataSet(folder, description);
            made.make(parallel);
            JSON.writeValue(file.toFile(), description);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static DataSet open(Path folder) {
        try {
            return new DataSet(
                    folder, JSON.readValue(folder.resolve(DESCRIPTION).toFile(), Description.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Vectors rows() {
        return Vectors.open(rowsFile(), description.dim());
    }

    public Vectors queries(Queries kind) {
        return Vectors.open(queriesFile(kind), description.dim());
    }

    /// @param percent share of the gallery; null without a filter
    public Truth truth(Queries kind, @Nullable Double percent) {
        return Truth.read(truthFile(kind, percent), description.k());
    }

    public int[] filter(double percent) {
        return new Gallery(description.n()).subset(description.rows(percent));
    }

    public Impostors impostors() {
        try {
            return JSON.readValue(impostorsFile().toFile(), Impostors.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Templates of persons who are not in the gallery, to be enrolled while others search.
    public List<float[]> newcomers() {
        Generator generator = description.generator();
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < Math.clamp(description.n() / 20, 100, MOST_NEWCOMERS); i++) {
            vectors.add(Gallery.stranger(generator, 1_000_000_000L + i));
        }
        return vectors;
    }

    private void make(Parallel parallel) throws IOException {
        Generator generator = description.generator();
        Gallery gallery = new Gallery(description.n());
        Files.deleteIfExists(rowsFile());
        Vectors.write(
                rowsFile(), description.n(), description.dim(), row -> gallery.template(generator, row), parallel);
        int probes = description.n() < SMALL ? PROBES_OF_A_SMALL_GALLERY : PROBES;
        JSON.writeValue(impostorsFile().toFile(), Impostors.measure(generator, probes, parallel));
        List<@Nullable BitSet> filters = writeFilters();
        for (Queries kind : description.kinds()) {
            makeQueries(kind, generator, gallery, parallel);
            List<Truth> truths = Truth.compute(rows(), queries(kind).all(), description.k(), filters, parallel);
            truths.getFirst().write(truthFile(kind, null), description.k());
            for (int i = 1; i < truths.size(); i++) {
                truths.get(i).write(truthFile(kind, description.filters().get(i - 1)), description.k());
            }
        }
    }

    private void makeQueries(Queries kind, Generator generator, Gallery gallery, Parallel parallel) throws IOException {
        int[] enrolled = filter(description.filters().stream()
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(100));
        Files.deleteIfExists(queriesFile(kind));
        Vectors.write(
                queriesFile(kind),
                description.count(),
                description.dim(),
                query -> kind == Queries.HIT
                        ? gallery.returning(generator, enrolled[query % enrolled.length], query)
                        : Gallery.stranger(generator, query),
                parallel);
    }

    private List<@Nullable BitSet> writeFilters() throws IOException {
        List<@Nullable BitSet> filters = new ArrayList<>();
        filters.add(null);
        for (double percent : description.filters()) {
            int[] rows = filter(percent);
            ByteBuffer bytes = ByteBuffer.allocate(rows.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            BitSet set = new BitSet(description.n());
            for (int row : rows) {
                bytes.putInt(row);
                set.set(row);
            }
            Files.write(folder.resolve("filter-" + label(percent) + ".i32"), bytes.array());
            filters.add(set);
        }
        return filters;
    }

    private Path rowsFile() {
        return folder.resolve("rows.f32");
    }

    private Path impostorsFile() {
        return folder.resolve("impostors.json");
    }

    private Path queriesFile(Queries kind) {
        return folder.resolve("queries-" + kind.label() + ".f32");
    }

    private Path truthFile(Queries kind, @Nullable Double percent) {
        return folder.resolve("truth-" + kind.label() + "-" + (percent == null ? "all" : label(percent)) + ".bin");
    }

    /// A share as file names write it, and as the Python script does: `0.1`, `1`, `100`.
    static String label(double percent) {
        String text = String.format(Locale.ROOT, "%.3f", percent);
        return text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
