package io.menso.local.demo;

import io.menso.local.api.Multipart;
import io.menso.local.stack.LauncherException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Composite portraits of nobody: several pictures of each of several persons, listed in `demo/index.txt`.
public final class Pictures {

    private static final String FOLDER = "/demo/";

    private Pictures() {}

    /// Pictures by person, both in a fixed order. A file is named `person<number>_<variant>.jpg`.
    public static SortedMap<String, List<Multipart.Image>> byPerson() {
        SortedMap<String, List<Multipart.Image>> persons = new TreeMap<>();
        String index = new String(read("index.txt"), StandardCharsets.US_ASCII);
        index.lines()
                .filter(name -> name.endsWith(".jpg"))
                .sorted()
                .forEach(name -> persons.computeIfAbsent(
                                name.substring(0, name.indexOf('_')), person -> new java.util.ArrayList<>())
                        .add(new Multipart.Image(name, read(name))));
        return persons;
    }

    private static byte[] read(String name) {
        try (InputStream stream = Pictures.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                throw new LauncherException("the demo's pictures are not in this build: " + FOLDER + name);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
