package io.menso.local.models;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.menso.local.stack.LauncherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the operator chose to be in use, by task: the file `preferred.yaml` in the folder of models, which the
/// service follows while it runs, below the settings of the environment.
final class Preferred {

    private static final String FILE = "preferred.yaml";
    private static final String SETTING = "MENSO_INFERENCE_PREFERRED_";

    private final Path file;
    private final Map<String, String> environment;

    Preferred(Path modelsDirectory, Map<String, String> environment) {
        this.file = modelsDirectory.resolve(FILE);
        this.environment = environment;
    }

    /// `name` or `name@revision` for a task.
    Optional<String> of(String task) {
        return setting(task).map(environment::get).or(() -> Optional.ofNullable(read().get(task)));
    }

    /// Name of the environment variable that outranks the file, when it is set.
    Optional<String> setting(String task) {
        return Optional.of(SETTING + task.toUpperCase(Locale.ROOT)).filter(environment::containsKey);
    }

    /// Writes a choice; the file changes as a whole.
    ///
    /// @param choice `name` or `name@revision`
    void set(String task, String choice) throws IOException {
        Map<String, String> choices = new TreeMap<>(read());
        choices.put(task, choice);
        StringBuilder text = new StringBuilder("# Written by: menso models use\n");
        choices.forEach(
                (key, value) -> text.append(key).append(": ").append(value).append('\n'));
        Path draft =
                file.resolveSibling("." + FILE + "." + ProcessHandle.current().pid());
        Files.writeString(draft, text);
        // The service may run as another user.
        draft.toFile().setReadable(true, false);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<String, String> read() {
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return Map.of();
            }
            Map<String, String> choices =
                    new YAMLMapper().readValue(file.toFile(), new TypeReference<Map<String, String>>() {});
            return choices == null ? Map.of() : choices;
        } catch (IOException e) {
            throw new LauncherException(file + " cannot be read; correct or remove it", e);
        }
    }
}
