package io.menso.inference.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// All bundles of one folder `<models-dir>/<name>/<revision>/`, as they lay there when they were read.
///
/// The latest revision of a model is the one that `<models-dir>/<name>/latest` names (one line, written by the
/// operator to pin it), else the one whose folder was changed last. A bundle that cannot be used is left out and
/// listed under [#problems], so that one damaged download does not take the good ones down.
public final class ModelBundles {

    /// Word that stands for the latest revision.
    public static final String LATEST = "latest";

    private final Map<String, List<ModelBundle>> bundles;
    private final List<BundleException> problems;

    private ModelBundles(Map<String, List<ModelBundle>> bundles, List<BundleException> problems) {
        this.bundles = bundles;
        this.problems = List.copyOf(problems);
    }

    /// Reads and verifies everything under the folder; a folder that does not exist holds no bundles.
    ///
    /// @throws BundleException if the folder itself cannot be listed
    public static ModelBundles read(Path modelsDirectory) {
        Map<String, List<ModelBundle>> bundles = new TreeMap<>();
        List<BundleException> problems = new ArrayList<>();
        for (Path model : folders(modelsDirectory)) {
            List<ModelBundle> revisions = revisions(model, problems);
            if (!revisions.isEmpty()) {
                bundles.put(revisions.getFirst().name(), revisions);
            }
        }
        return new ModelBundles(bundles, problems);
    }

    /// Every usable bundle, by name, and the latest first within a name.
    public List<ModelBundle> all() {
        return bundles.values().stream().flatMap(List::stream).toList();
    }

    /// The latest revision of each model, by name.
    public List<ModelBundle> latest() {
        return bundles.values().stream().map(List::getFirst).toList();
    }

    /// The latest revisions of the models for one task, by name.
    public List<ModelBundle> ofTask(Task task) {
        return latest().stream().filter(bundle -> bundle.task() == task).toList();
    }

    /// Revisions of a model, the latest first; empty when there is no such model.
    public List<String> revisions(String name) {
        return bundles.getOrDefault(name, List.of()).stream()
                .map(ModelBundle::revision)
                .toList();
    }

    /// One bundle by its name and `latest` or a revision.
    public Optional<ModelBundle> find(String name, String revision) {
        return bundles.getOrDefault(name, List.of()).stream()
                .filter(bundle -> revision.equals(LATEST) || bundle.revision().equals(revision))
                .findFirst();
    }

    /// What was left out, and why.
    public List<BundleException> problems() {
        return problems;
    }

    private static List<ModelBundle> revisions(Path model, List<BundleException> problems) {
        Map<ModelBundle, FileTime> found = new LinkedHashMap<>();
        for (Path directory : folders(model)) {
            try {
                found.put(BundleReader.read(directory), Files.getLastModifiedTime(directory));
            } catch (BundleException e) {
                problems.add(e);
            } catch (IOException e) {
                problems.add(new BundleException(directory, "its time cannot be read", e));
            }
        }
        String pinned = pinned(model);
        requirePin(model, pinned, found.keySet(), problems);
        return found.keySet().stream()
                .sorted(Comparator.comparing(
                                (ModelBundle bundle) -> bundle.revision().equals(pinned))
                        .thenComparing(bundle -> found.getOrDefault(bundle, FileTime.fromMillis(0)))
                        .thenComparing(ModelBundle::revision)
                        .reversed())
                .toList();
    }

    private static void requirePin(Path model, String pinned, Set<ModelBundle> found, List<BundleException> problems) {
        if (!pinned.isEmpty()
                && found.stream().noneMatch(bundle -> bundle.revision().equals(pinned))) {
            problems.add(new BundleException(
                    model, "the file latest names revision " + pinned + ", which is not installed"));
        }
    }

    private static String pinned(Path model) {
        try {
            Path marker = model.resolve(LATEST);
            return Files.isRegularFile(marker)
                    ? Files.readString(marker, StandardCharsets.UTF_8).strip()
                    : "";
        } catch (IOException e) {
            throw new BundleException(model, "the file latest cannot be read", e);
        }
    }

    /// Folders inside a folder, by name; hidden ones are unfinished downloads.
    private static List<Path> folders(Path parent) {
        if (!Files.exists(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.toFile().getName().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new BundleException(parent, "it cannot be listed", e);
        }
    }
}
