package io.menso.local.models;

import io.menso.local.models.InstalledModel.Origin;
import io.menso.local.stack.Home;
import io.menso.local.stack.LauncherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The models of one instance, pulled and built-in ones, and the operator's choice among them.
///
/// Which model is in use for a task is decided by the service (see `deploy/docs/contracts.md`); the same rules
/// stand here, so that it can be told while nothing runs.
public final class ModelCatalogue {

    /// Stands for the latest revision of a model.
    public static final String LATEST = "latest";

    private static final String ATTRIBUTES = "attributes";

    /// What the architectures of that task tell.
    private static final Map<String, Set<String>> TOLD = Map.of(
            "attributes", Set.of("age", "gender", "emotion", "pose"),
            "faceapi-age-gender", Set.of("age", "gender"),
            "faceapi-expression", Set.of("emotion"),
            "fsanet", Set.of("pose"));

    private static final Comparator<InstalledModel> BEST_FIRST = Comparator.comparing(InstalledModel::origin)
            .thenComparing(InstalledModel::name)
            .thenComparing(InstalledModel::since, Comparator.reverseOrder())
            .thenComparing(InstalledModel::revision);

    private final Path modelsDirectory;
    private final List<InstalledModel> models;
    private final Preferred preferred;

    private ModelCatalogue(Path modelsDirectory, List<InstalledModel> models, Preferred preferred) {
        this.modelsDirectory = modelsDirectory;
        this.models = models.stream().sorted(BEST_FIRST).toList();
        this.preferred = preferred;
    }

    /// Of an instance as it is now.
    public static ModelCatalogue of(Home home) throws IOException {
        return of(home.models(), home.root(), System.getenv());
    }

    /// @param checkout    where the services are built
    /// @param environment settings of the service
    static ModelCatalogue of(Path modelsDirectory, Path checkout, Map<String, String> environment) throws IOException {
        List<InstalledModel> models = new ArrayList<>(InstalledModel.in(modelsDirectory, Origin.PULLED));
        for (InstalledModel shipped : BuiltInModels.of(checkout)) {
            if (models.stream().noneMatch(model -> model.toString().equals(shipped.toString()))) {
                models.add(shipped);
            }
        }
        return new ModelCatalogue(modelsDirectory, models, new Preferred(modelsDirectory, environment));
    }

    /// All models, pulled ones first.
    public List<InstalledModel> all() {
        return models;
    }

    /// Whether this is what the service uses for the model's task, or one of those for attributes.
    public boolean isInUse(InstalledModel model) {
        return model.task().equals(ATTRIBUTES)
                ? attributesInUse().contains(model)
                : inUse(model.task()).filter(model::equals).isPresent();
    }

    /// What was chosen for a task although it is not there, by task: the service has nothing to use then.
    public Map<String, String> missing() {
        return models.stream()
                .map(InstalledModel::task)
                .distinct()
                .filter(task -> inUse(task).isEmpty())
                .collect(Collectors.toMap(
                        task -> task, task -> preferred.of(task).orElseThrow()));
    }

    /// Name of the environment variable that outranks the operator's choice for a task, when it is set.
    public Optional<String> setting(String task) {
        return preferred.setting(task);
    }

    /// Makes a model the one in use for its task.
    ///
    /// @param revision one that is installed, or `latest` to follow the latest one
    /// @return the model that is in use now, unless a setting says otherwise
    /// @throws LauncherException when there is no such model or revision
    public InstalledModel use(String name, String revision) throws IOException {
        List<InstalledModel> named =
                models.stream().filter(model -> model.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw new LauncherException("there is no model " + name + "; there are: " + names());
        }
        InstalledModel chosen = named.stream()
                .filter(model -> revision.equals(LATEST) || model.revision().equals(revision))
                .findFirst()
                .orElseThrow(() -> new LauncherException(name + " has no revision " + revision + "; it has: "
                        + named.stream().map(InstalledModel::revision).collect(Collectors.joining(", ")) + ", "
                        + LATEST));
        Files.createDirectories(modelsDirectory);
        preferred.set(chosen.task(), revision.equals(LATEST) ? name : name + "@" + revision);
        return chosen;
    }

    private Optional<InstalledModel> inUse(String task) {
        return candidates(task).stream().findFirst();
    }

    private List<InstalledModel> candidates(String task) {
        Optional<String> choice = preferred.of(task);
        return models.stream()
                .filter(model -> model.task().equals(task))
                .filter(model -> choice.map(text -> allows(text, model)).orElse(true))
                .toList();
    }

    /// Each attribute comes from the first model that tells it: the chosen one, then the others.
    private Set<InstalledModel> attributesInUse() {
        List<InstalledModel> chosen = candidates(ATTRIBUTES);
        Set<InstalledModel> used = new HashSet<>();
        if (!chosen.isEmpty()) {
            Set<String> told = new HashSet<>();
            Stream.concat(
                            chosen.stream(),
                            models.stream().filter(model -> model.task().equals(ATTRIBUTES)))
                    .filter(model -> told.addAll(TOLD.getOrDefault(model.architecture(), Set.of())))
                    .forEach(used::add);
        }
        return used;
    }

    private static boolean allows(String choice, InstalledModel model) {
        return choice.equals(model.name())
                || choice.equals(model.name() + "@" + LATEST)
                || choice.equals(model.toString());
    }

    private String names() {
        String names =
                models.stream().map(InstalledModel::name).distinct().sorted().collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
