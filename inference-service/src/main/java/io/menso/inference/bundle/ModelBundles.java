package io.menso.inference.bundle;

import io.menso.inference.bundle.BundleFolder.Dated;
import io.menso.inference.bundle.BundleFolder.Found;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All bundles that can be used, pulled and built-in ones, and which of them is in use for each task.
///
/// In use is what the operator prefers; without a wish a pulled bundle, else a built-in one. The latest revision
/// of a model is the preferred one if it is pinned, else the pulled one whose folder was changed last, else the
/// built-in one. A bundle that cannot be used is left out and listed under [#problems], so that one damaged
/// download does not take the good ones down.
public final class ModelBundles {

    /// Word that stands for the latest revision.
    public static final String LATEST = "latest";

    private final Map<String, List<ModelBundle>> bundles;
    private final Preferences preferences;
    private final List<BundleException> problems;

    private ModelBundles(List<Dated> found, Preferences preferences, List<BundleException> problems) {
        this.preferences = preferences;
        this.problems = List.copyOf(problems);
        this.bundles = found.stream()
                .sorted(latestFirst(preferences))
                .map(Dated::bundle)
                .collect(Collectors.groupingBy(ModelBundle::name, TreeMap::new, Collectors.toList()));
    }

    /// Reads and verifies what is installed and what is shipped.
    ///
    /// @param modelsDirectory where pulled bundles lie; need not exist
    /// @throws BundleException if the folder cannot be listed
    public static ModelBundles read(Path modelsDirectory, BuiltInBundles builtIn, Preferences preferences) {
        Found pulled = BundleFolder.read(modelsDirectory);
        Found shipped = builtIn.read();
        List<BundleException> problems = new ArrayList<>(pulled.problems());
        problems.addAll(shipped.problems());
        return new ModelBundles(distinct(pulled.bundles(), shipped.bundles()), preferences, problems);
    }

    /// Every usable bundle, by name, and the latest first within a name.
    public List<ModelBundle> all() {
        return bundles.values().stream().flatMap(List::stream).toList();
    }

    /// Every usable bundle for a task, in the same order.
    public List<ModelBundle> ofTask(Task task) {
        return all().stream().filter(bundle -> bundle.task() == task).toList();
    }

    /// The bundles that may be in use for a task: the first one is, unless it cannot be loaded. Empty when there
    /// is none, or when the preferred one is not there: what the operator chose is never replaced by something
    /// else.
    public List<ModelBundle> candidates(Task task) {
        Optional<Preference> wanted = preferences.of(task);
        return ofTask(task).stream()
                .filter(bundle ->
                        wanted.map(preference -> preference.allows(bundle)).orElse(true))
                .sorted(Comparator.comparing(ModelBundle::origin))
                .toList();
    }

    /// The first of the [#candidates].
    public Optional<ModelBundle> inUse(Task task) {
        return candidates(task).stream().findFirst();
    }

    /// What the operator prefers for a task.
    public Optional<Preference> preferred(Task task) {
        return preferences.of(task);
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

    /// A revision that is pulled as well as built in counts once, as pulled.
    private static List<Dated> distinct(List<Dated> pulled, List<Dated> shipped) {
        Map<String, Dated> byRevision = new HashMap<>();
        Stream.concat(pulled.stream(), shipped.stream())
                .forEach(found -> byRevision.putIfAbsent(found.bundle().toString(), found));
        return List.copyOf(byRevision.values());
    }

    private static Comparator<Dated> latestFirst(Preferences preferences) {
        return Comparator.comparing((Dated found) -> !isPinned(found.bundle(), preferences))
                .thenComparing(found -> found.bundle().origin())
                .thenComparing(Dated::time, Comparator.reverseOrder())
                .thenComparing(found -> found.bundle().revision());
    }

    private static boolean isPinned(ModelBundle bundle, Preferences preferences) {
        return preferences
                .of(bundle.task())
                .filter(preference -> preference.pins(bundle))
                .isPresent();
    }
}
