package io.menso.local.demo;

import io.menso.local.api.Multipart;
import io.menso.local.stack.LauncherException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Composite portraits of nobody: several pictures of each of several persons, `demo/person<number>_<variant>.jpg`.
public final class Pictures {

    private static final String FOLDER = "/demo";

    private Pictures() {}

    /// Pictures by person, both in the order of their names.
    public static SortedMap<String, List<Multipart.Image>> byPerson() {
        URL folder = Pictures.class.getResource(FOLDER);
        if (folder == null) {
            throw new LauncherException("the demo's pictures are not in this build");
        }
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath(FOLDER));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SortedMap<String, List<Multipart.Image>> read(Path folder) throws IOException {
        SortedMap<String, List<Multipart.Image>> persons = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.matches("person[^_]+_.+\\.jpg")) {
                    persons.computeIfAbsent(name.substring(0, name.indexOf('_')), ignored -> new ArrayList<>())
                            .add(new Multipart.Image(name, Files.readAllBytes(file)));
                }
            }
        }
        return persons;
    }
}
