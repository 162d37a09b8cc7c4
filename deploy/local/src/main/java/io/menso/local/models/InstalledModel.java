package io.menso.local.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A bundle that lies in the folder of models, as its `model.yaml` describes it; the service verifies it when it
/// loads it. `toString` is a line for people.
///
/// @param name       name of the model in the API
/// @param revision   the folder's name
/// @param task       what it is for
/// @param parameters number of trained parameters
/// @param licence    terms of the weights
public record InstalledModel(String name, String revision, String task, long parameters, String licence) {

    /// Every bundle `<name>/<revision>/` under the folder, by name; hidden folders are unfinished.
    static List<InstalledModel> in(Path modelsDirectory) throws IOException {
        List<InstalledModel> found = new ArrayList<>();
        for (Path model : folders(modelsDirectory)) {
            for (Path revision : folders(model)) {
                if (Files.isRegularFile(revision.resolve("model.yaml"))) {
                    found.add(read(revision));
                }
            }
        }
        return found;
    }

    private static InstalledModel read(Path directory) throws IOException {
        JsonNode yaml =
                new YAMLMapper().readTree(directory.resolve("model.yaml").toFile());
        return new InstalledModel(
                yaml.path("name").asText(),
                directory.toFile().getName(),
                yaml.path("task").asText(),
                yaml.path("parameters").asLong(),
                yaml.path("licence").asText());
    }

    private static List<Path> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.toFile().getName().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%-24s %s  %-10s %,11d parameters  %s", name, revision, task, parameters, licence);
    }
}
