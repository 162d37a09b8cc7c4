package io.menso.inference.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What the operator wants to be in use, by task: settings first, then the file `preferred.yaml` in the folder of
/// models, which `menso models use` writes and the service follows while it runs.
public final class Preferences {

    /// The file: one line `<task>: <name>` or `<task>: <name>@<revision>` for each task that was decided.
    public static final String FILE = "preferred.yaml";

    private static final ObjectMapper YAML = JsonMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private final Map<Task, Preference> byTask = new EnumMap<>(Task.class);

    private Preferences() {}

    /// Reads the file and lays the settings over it.
    ///
    /// @param settings by the task's label
    /// @throws BundleException when a setting or the file cannot be understood: a slip changes nothing
    public static Preferences read(Map<String, String> settings, Path modelsDirectory) {
        Path file = modelsDirectory.resolve(FILE);
        Preferences preferences = new Preferences();
        preferences.add(lines(file), file);
        preferences.add(settings, Path.of("menso.inference.preferred"));
        return preferences;
    }

    /// No wishes.
    static Preferences none() {
        return new Preferences();
    }

    /// What is wanted for a task, when anything is.
    public Optional<Preference> of(Task task) {
        return Optional.ofNullable(byTask.get(task));
    }

    private void add(Map<String, String> choices, Path source) {
        try {
            choices.forEach((task, choice) -> byTask.put(Task.of(task), Preference.parse(choice)));
        } catch (IllegalArgumentException e) {
            throw new BundleException(source, String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, String> lines(Path file) {
        try {
            if (!Files.exists(file) || Files.size(file) == 0) {
                return Map.of();
            }
            Map<String, String> lines = YAML.readValue(file.toFile(), new TypeReference<Map<String, String>>() {});
            return lines == null ? Map.of() : lines;
        } catch (JsonProcessingException e) {
            throw new BundleException(file, "it must hold lines of TASK: MODEL; " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new BundleException(file, "it cannot be read", e);
        }
    }
}
