package io.menso.bench;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.bench.data.DataSet;
import io.menso.bench.data.Impostors;
import io.menso.bench.engine.EngineKind;
import io.menso.bench.measure.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries out a plan: makes each data set once, then lets one process after the other measure an engine on it.
final class Bench {

    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final int JUDGED = 100;
    private static final double MEGABYTE = 1 << 20;
    private static final double GIGABYTE = 1e9;

    private final Plan plan;
    private final Path folder;
    private final Workers workers;
    private final @Nullable Faiss faiss;
    private final Consumer<String> progress;
    private final Consumer<Row> results;
    private final Map<Integer, Double> readRates = new TreeMap<>();

    /// Runs a [Worker] and gives back its exit status.
    interface Workers {
        int run(int cores, long heap, List<String> arguments, Consumer<String> lines);
    }

    /// @param folder  for data sets and what engines keep
    /// @param workers what carries out the steps
    /// @param faiss   measures FAISS; null when it is not installed
    /// @param results gets each row as soon as it is known
    Bench(
            Plan plan,
            Path folder,
            Workers workers,
            @Nullable Faiss faiss,
            Consumer<String> progress,
            Consumer<Row> results) {
        this.plan = plan;
        this.folder = folder;
        this.workers = workers;
        this.faiss = faiss;
        this.progress = progress;
        this.results = results;
    }

    void run() {
        for (int cores : plan.cores()) {
            double rate = number(cores, 2_048, List.of(Worker.READ_RATE, Integer.toString(cores)));
            readRates.put(cores, rate);
            progress.accept(String.format(Locale.ROOT, "memory: %.1f GB/s read with %d core(s)", rate, cores));
        }
        for (int dimension : plan.dimensions()) {
            for (int n : plan.sizes()) {
                for (boolean plain : List.of(false, true)) {
                    if (!plan.kinds(plain).isEmpty()) {
                        measure(n, dimension, plain);
                    }
                }
            }
        }
    }

    private void measure(int n, int dimension, boolean plain) {
        String name = name(n, dimension, plain);
        long bytes = (long) n * dimension * Float.BYTES;
        if (folder.toFile().getUsableSpace() < 1.1 * bytes) {
            progress.accept(name + " skipped: its data need " + gigabytes(bytes) + " in " + folder);
            return;
        }
        Path data = folder.resolve(n + "x" + dimension + (plain ? "-plain" : ""));
        progress.accept(name + ": making data and right answers");
        Impostors impostors = prepare(
                data, new DataSet.Description(n, dimension, plain, plan.seed(), plan.count(), plan.k(), plan.shares()));
        List<Limit> limits =
                plan.limits().stream().map(limit -> limit.resolve(impostors)).toList();
        describe(name, impostors, limits);
        for (EngineKind engine : plan.engines()) {
            for (int cores : engine.isFaiss() ? List.of(0) : plan.cores()) {
                if (fits(engine, n, dimension, name)) {
                    measure(engine, cores, data, plain, limits, n, name);
                }
            }
        }
    }

    private void measure(
            EngineKind engine, int cores, Path data, boolean plain, List<Limit> limits, int n, String name) {
        Settings settings = new Settings(
                data.toString(),
                data.toString(),
                engine,
                cores,
                plan.kinds(plain),
                Math.min(plan.count(), JUDGED),
                plan.k(),
                limits,
                plan.filters(),
                plan.seconds(),
                plan.insertRate());
        int status;
        if (engine.isFaiss()) {
            if (faiss == null) {
                return;
            }
            progress.accept(name + ": " + engine.label());
            status = faiss.measure(settings, plan.cores(), this::accept);
        } else {
            progress.accept(name + ": " + engine.label() + ", " + cores + " core(s)");
            status = workers.run(cores, heap(engine, n), List.of(Worker.MEASURE, write(settings)), this::accept);
        }
        if (status != 0) {
            throw new BenchException(engine.label() + " on " + name
                    + (status == Worker.WRONG_ANSWER ? " gave a wrong answer" : " failed with status " + status));
        }
    }

    private void accept(String line) {
        Row row = read(line, Row.class);
        results.accept(row.withReadRate(readRates.getOrDefault(row.cores(), 0.0)));
    }

    private boolean fits(EngineKind engine, int n, int dimension, String name) {
        long needed = engine.memory(n, dimension) + (long) (heap(engine, n) * MEGABYTE);
        long available = Memory.available();
        if (needed > available) {
            progress.accept(name + ": " + engine.label() + " skipped: it needs " + gigabytes(needed) + " of memory, "
                    + gigabytes(available) + " are available");
        }
        return needed <= available;
    }

    private Impostors prepare(Path data, DataSet.Description description) {
        AtomicReference<@Nullable Impostors> result = new AtomicReference<>();
        int status = workers.run(
                Runtime.getRuntime().availableProcessors(),
                1_024 + description.n() / 4_000,
                List.of(Worker.PREPARE, data.toString(), write(description)),
                line -> result.set(read(line, Impostors.class)));
        Impostors impostors = result.get();
        if (status != 0 || impostors == null) {
            throw new BenchException("the data could not be made");
        }
        return impostors;
    }

    private double number(int cores, long heap, List<String> arguments) {
        AtomicReference<@Nullable Double> result = new AtomicReference<>();
        int status = workers.run(cores, heap, arguments, line -> result.set(Double.valueOf(line)));
        Double number = result.get();
        if (status != 0 || number == null) {
            throw new BenchException("the memory's rate could not be measured");
        }
        return number;
    }

    private void describe(String name, Impostors impostors, List<Limit> limits) {
        progress.accept(String.format(
                Locale.ROOT,
                "%s: impostors %.3f +- %.4f; FMR 1e-2 at %.3f, 1e-3 at %.3f, 1e-4 at %.3f, 1e-5 at %.3f, 1e-6 at %.3f",
                name,
                impostors.mean(),
                impostors.sigma(),
                impostors.threshold(1e-2),
                impostors.threshold(1e-3),
                impostors.threshold(1e-4),
                impostors.threshold(1e-5),
                impostors.threshold(1e-6)));
        for (Limit limit : limits) {
            progress.accept(name + ": threshold "
                    + (limit.cosine() == null
                            ? "none"
                            : String.format(Locale.ROOT, "%.4f, FMR %.2e", limit.cosine(), limit.fmr())));
        }
    }

    /// Megabytes of heap: room for ids, versions and what a search leaves behind.
    private static long heap(EngineKind engine, int n) {
        return switch (engine) {
            case LOCAL, LOCAL_STRICT -> 512 + n / 4_000;
            case LUCENE -> Math.min(2_048, 768 + n / 500);
            default -> 384 + n / 20_000;
        };
    }

    private static String name(int n, int dimension, boolean plain) {
        return String.format(Locale.ROOT, "%,d x %d%s", n, dimension, plain ? " plain" : "");
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE);
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(String line, Class<T> type) {
        try {
            return JSON.readValue(line, type);
        } catch (IOException e) {
            throw new BenchException("not a result: " + line, e);
        }
    }
}
