package io.menso.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Short fingerprints that tell whether two starts of a program would be the same.
final class Digests {

    private static final int LENGTH = 16;

    private Digests() {}

    /// Of everything a component is started with; another one means that a running process is out of date.
    static String ofSettings(Component component) {
        return digest(component.program() + "\n" + component.arguments() + "\n" + new TreeMap<>(component.environment())
                + "\n" + ofBuild(component));
    }

    /// Of the jars a component runs from, by name, size and time, and of the JDK.
    static String ofBuild(Component component) {
        return digest(Runtime.version() + "\n" + component.program() + "\n"
                + component.build().map(Digests::listing).orElse(""));
    }

    private static String listing(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new LauncherException("not built: " + directory);
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(Digests::describe)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String describe(Path file) {
        try {
            return file + " " + Files.size(file) + " "
                    + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
