package io.menso.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A process that the launcher started, told apart from a later one with the same number by the time of its
/// start.
///
/// @param pid     its number
/// @param started boot of the machine and clock ticks from there to its start, as `/proc` tells them
/// @param settings digest of the command and environment it was started with
record ProcessRecord(long pid, String started, String settings) {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int STATE = 0;
    private static final int START_TIME = 19;

    /// Describes a process that lives now.
    static ProcessRecord of(long pid, String settings) {
        return new ProcessRecord(pid, startOf(pid).orElse("gone"), settings);
    }

    /// Whether the very process that was recorded still runs.
    boolean isAlive() {
        return startOf(pid).filter(started::equals).isPresent();
    }

    /// Fields of `/proc/<pid>/stat` follow the program's name, which stands in parentheses and may hold
    /// anything.
    private static Optional<String> startOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
            return dead
                    ? Optional.empty()
                    : Optional.of(Files.readString(BOOT_ID).strip() + ":" + fields[START_TIME]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
