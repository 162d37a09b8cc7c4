package io.menso.local.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.menso.local.stack.LauncherException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A bundle as its `model.yaml` describes it; the service verifies it when it loads it.
///
/// @param name         name of the model in the API
/// @param revision     the folder's name
/// @param origin       where it came from
/// @param task         what it is for
/// @param architecture how its input and output are read
/// @param parameters   number of trained parameters
/// @param licence      terms of the weights
/// @param since        when its folder was last changed
public record InstalledModel(
        String name,
        String revision,
        Origin origin,
        String task,
        String architecture,
        long parameters,
        String licence,
        FileTime since) {

    /// Where a bundle came from, in the order in which the service takes them when nobody chose.
    public enum Origin {
        PULLED("pulled"),
        BUILT_IN("built-in");

        private final String label;

        Origin(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /// Every bundle `<name>/<revision>/` under the folder, by name; hidden folders are unfinished.
    ///
    /// @throws LauncherException when a description cannot be read
    static List<InstalledModel> in(Path folder, Origin origin) throws IOException {
        List<InstalledModel> found = new ArrayList<>();
        for (Path model : folders(folder)) {
            for (Path revision : folders(model)) {
                if (Files.isRegularFile(revision.resolve("model.yaml"))) {
                    found.add(read(revision, origin));
                }
            }
        }
        return found;
    }

    private static InstalledModel read(Path directory, Origin origin) throws IOException {
        try (InputStream in = Files.newInputStream(directory.resolve("model.yaml"))) {
            JsonNode yaml = new YAMLMapper().readTree(in);
            return new InstalledModel(
                    yaml.path("name").asText(),
                    fileName(directory),
                    origin,
                    yaml.path("task").asText(),
                    yaml.path("architecture").asText(),
                    yaml.path("parameters").asLong(),
                    yaml.path("licence").asText(),
                    Files.getLastModifiedTime(directory));
        } catch (JsonProcessingException e) {
            throw new LauncherException(directory + ": model.yaml cannot be read; remove the folder and pull again", e);
        }
    }

    private static List<Path> folders(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !fileName(entry).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /// Folders inside a jar have names that end with a slash in some JDKs.
    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString().replace("/", "");
    }

    /// `name@revision`, as the service names it in logs.
    @Override
    public String toString() {
        return name + "@" + revision;
    }
}
