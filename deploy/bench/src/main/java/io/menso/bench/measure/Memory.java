package io.menso.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What this process holds in memory, in bytes. Right only where the heap is touched beforehand (`-Xms` as `-Xmx`
/// and `-XX:+AlwaysPreTouch`): then what the process gains beside it is not heap.
///
/// @param heap    objects in use
/// @param resident memory of this process alone, heap and beside it; no mapped files
public record Memory(long heap, long resident) {

    private static final Pattern ANONYMOUS = Pattern.compile("RssAnon:\\s+(\\d+) kB");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    public static Memory now() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Memory(heap, kilobytes("/proc/self/status", ANONYMOUS) * 1024);
    }

    /// What new processes can have, in bytes.
    public static long available() {
        return kilobytes("/proc/meminfo", AVAILABLE) * 1024;
    }

    /// Bytes of the files below a folder that this process has mapped, deleted ones too.
    public static long mappedBelow(Path folder) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains(" " + folder.toAbsolutePath() + "/"))
                    .mapToLong(Memory::length)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of a line such as `7f0c8000-7f0c9000 r--s ...`.
    private static long length(String line) {
        int dash = line.indexOf('-');
        long from = Long.parseUnsignedLong(line.substring(0, dash), 16);
        return Long.parseUnsignedLong(line.substring(dash + 1, line.indexOf(' ')), 16) - from;
    }

    public Memory since(Memory before) {
        return new Memory(heap - before.heap, resident - before.resident);
    }

    private static long kilobytes(String file, Pattern line) {
        try {
            Matcher matcher = line.matcher(Files.readString(Path.of(file)));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
