package io.menso.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// Ahead-of-time caches of the JVM (JEP 483, 514): a program that ran once starts several times faster.
///
/// A cache holds for one set of jars, one JDK and one garbage collector, so its name carries their digest.
final class AotCaches {

    private final Path directory;
    private final String fresh;

    /// @param owner tells apart two instances that make the same cache at the same time
    AotCaches(Path directory, String owner) {
        this.directory = directory;
        this.fresh = "." + owner + ".new";
    }

    boolean isMissing(Component component) {
        return component.build().isPresent() && !Files.exists(cache(component));
    }

    /// JVM options for an ordinary start.
    List<String> useOptions(Component component) {
        return component.build().isEmpty() || isMissing(component)
                ? List.of()
                : List.of("-XX:AOTCache=" + cache(component), "-Xlog:aot*=off", "-Xlog:cds=off");
    }

    /// JVM options for a start that makes the cache when the program ends.
    List<String> trainOptions(Component component) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of("-XX:AOTCacheOutput=" + cache(component) + fresh, "-Xlog:aot*=off", "-Xlog:cds=off");
    }

    /// Puts a cache in its place after the program that made it has ended, and removes those of earlier builds.
    ///
    /// @return whether there is one now
    boolean accept(Component component) {
        Path cache = cache(component);
        Path written = Path.of(cache + fresh);
        try (Stream<Path> files = Files.list(directory)) {
            boolean made = Files.exists(written) && Files.size(written) > 0;
            if (made) {
                Files.move(written, cache, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            List<Path> old = files.filter(file -> file.getFileName().toString().startsWith(component.name() + "-"))
                    .filter(file -> file.toString().endsWith(".aot") && !file.equals(cache))
                    .toList();
            for (Path file : old) {
                Files.deleteIfExists(file);
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path cache(Component component) {
        return directory.resolve(component.name() + "-" + Digests.ofBuild(component) + ".aot");
    }
}
