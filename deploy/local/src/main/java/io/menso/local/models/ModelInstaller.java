package io.menso.local.models;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Installs the pinned models as bundles `<models-dir>/<name>/<revision>/`, from upstream or from a folder.
///
/// A bundle appears whole or not at all: it is gathered in a hidden folder beside its place and then renamed. What
/// is installed already, and unchanged, is left alone; what was damaged is replaced.
public final class ModelInstaller {

    private static final URI UPSTREAM = URI.create("https://raw.githubusercontent.com");

    private final Path modelsDirectory;
    private final WeightsSource source;
    private final Consumer<String> out;

    ModelInstaller(Path modelsDirectory, WeightsSource source, Consumer<String> out) {
        this.modelsDirectory = modelsDirectory;
        this.source = source;
        this.out = out;
    }

    /// The bundles that were pulled into the folder, by name.
    public static List<InstalledModel> list(Path modelsDirectory) throws IOException {
        return InstalledModel.in(modelsDirectory, InstalledModel.Origin.PULLED);
    }

    /// The models of this release that are not installed, or are damaged.
    public static List<PinnedModel> missing(Path modelsDirectory) throws IOException {
        List<PinnedModel> missing = new ArrayList<>();
        for (PinnedModel model : Pins.load()) {
            if (!isInstalled(modelsDirectory, model)) {
                missing.add(model);
            }
        }
        return missing;
    }

    /// Installs every pinned model; the caller has accepted their licences. See the longer form.
    public static List<InstalledModel> pull(Path modelsDirectory, Optional<Path> from, Consumer<String> out)
            throws IOException {
        return pull(modelsDirectory, from, model -> true, out);
    }

    /// Installs every pinned model whose licence is accepted.
    ///
    /// @param modelsDirectory where bundles lie; made when missing
    /// @param from            a folder with `<owner>__<repository>/<file name>` instead of the network
    /// @param accept          asked for each model that is missing, after its licence was shown
    /// @param out             takes lines for people
    /// @return the bundles that lie in the folder afterwards
    /// @throws IOException with a message for people, when a file cannot be had or is not what was pinned
    public static List<InstalledModel> pull(
            Path modelsDirectory, Optional<Path> from, Predicate<PinnedModel> accept, Consumer<String> out)
            throws IOException {
        WeightsSource source = from.map(WeightsSource::folder).orElseGet(() -> WeightsSource.web(UPSTREAM));
        ModelInstaller installer = new ModelInstaller(modelsDirectory, source, out);
        for (PinnedModel model : Pins.load()) {
            installer.install(model, accept);
        }
        return list(modelsDirectory);
    }

    /// Installs one model unless it is there already or its licence is refused.
    void install(PinnedModel model, Predicate<PinnedModel> accept) throws IOException {
        if (isInstalled(modelsDirectory, model)) {
            out.accept(model.name() + " " + model.revision() + " is installed");
            return;
        }
        show(model);
        if (!accept.test(model)) {
            out.accept("  licence not accepted, skipped");
            return;
        }
        Path parent = Files.createDirectories(modelsDirectory.resolve(model.name()));
        Path gathering = Files.createTempDirectory(parent, ".unfinished-");
        try {
            gather(model, gathering);
            put(gathering, parent.resolve(model.revision()));
            out.accept("  installed as revision " + model.revision());
        } catch (IOException e) {
            throw new IOException(model.name() + " could not be installed: " + message(e), e);
        } finally {
            delete(gathering);
        }
    }

    private void show(PinnedModel model) {
        out.accept(String.format(
                Locale.ROOT, "%s: %,d parameters, %.1f MB", model.name(), model.parameters(), model.bytes() / 1e6));
        out.accept("  licence " + model.licence());
        out.accept("  from    " + model.source());
    }

    private void gather(PinnedModel model, Path directory) throws IOException {
        for (PinnedModel.File file : model.files()) {
            if (file.conversion().isPresent()) {
                convert(file, file.conversion().get(), directory);
            } else {
                copy(file, directory);
            }
        }
        Files.writeString(directory.resolve("model.yaml"), model.yaml());
        // The service runs as another user; temporary folders are private.
        directory.toFile().setExecutable(true, false);
        directory.toFile().setReadable(true, false);
    }

    private void copy(PinnedModel.File file, Path directory) throws IOException {
        PinnedModel.Upstream upstream = file.upstream().getFirst();
        try (InputStream in = source.open(upstream);
                OutputStream to = Files.newOutputStream(directory.resolve(file.name()))) {
            VerifiedCopy.copy(in, file.name(), file.print(), to);
        }
        out.accept("  " + file.name() + " has the pinned SHA-256");
    }

    /// Only upstream's very files reach a conversion, and only the file that it made when it was pinned stays.
    private void convert(PinnedModel.File file, Conversion conversion, Path directory) throws IOException {
        List<byte[]> originals = new ArrayList<>();
        for (PinnedModel.Upstream upstream : file.upstream()) {
            try (InputStream in = source.open(upstream)) {
                originals.add(VerifiedCopy.read(in, upstream.name(), upstream.print()));
            }
        }
        byte[] converted = conversion.convert(originals);
        try (OutputStream to = Files.newOutputStream(directory.resolve(file.name()))) {
            VerifiedCopy.copy(new ByteArrayInputStream(converted), file.name(), file.print(), to);
        }
        String from = file.upstream().stream().map(PinnedModel.Upstream::name).collect(Collectors.joining(" and "));
        out.accept("  " + file.name() + " was converted from " + from + "; all have the pinned SHA-256");
    }

    /// Renames the folder to its place; a damaged or foreign one there gives way.
    private static void put(Path gathered, Path place) throws IOException {
        if (Files.exists(place)) {
            Path old = place.resolveSibling(gathered.getFileName() + "-old");
            Files.move(place, old, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
        }
        Files.move(gathered, place, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isInstalled(Path modelsDirectory, PinnedModel model) throws IOException {
        Path directory = modelsDirectory.resolve(model.name()).resolve(model.revision());
        Path yaml = directory.resolve("model.yaml");
        if (!Files.isRegularFile(yaml)
                || !Files.readString(yaml, StandardCharsets.UTF_8).equals(model.yaml())) {
            return false;
        }
        for (PinnedModel.File file : model.files()) {
            if (!VerifiedCopy.matches(directory.resolve(file.name()), file.print())) {
                return false;
            }
        }
        return true;
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String message(IOException e) {
        return e instanceof FileSystemException || e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
