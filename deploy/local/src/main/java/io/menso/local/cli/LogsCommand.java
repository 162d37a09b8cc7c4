package io.menso.local.cli;

import io.menso.local.stack.Home;
import io.menso.local.stack.LauncherException;
import io.menso.local.stack.Suite;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what the processes wrote.
@Command(name = "logs", description = "Shows the end of one process's log, or of all.", mixinStandardHelpOptions = true)
final class LogsCommand implements Runnable {

    private static final int CHUNK = 1 << 16;
    private static final int POLL_MILLIS = 300;

    @Parameters(arity = "0..1", description = "gateway, identity-service, ..., postgres, kafka or pinot; all without")
    private @Nullable String service;

    @Option(
            names = {"-f", "--follow"},
            description = "go on as more is written, until interrupted")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "50",
            description = "how many lines of each (default ${DEFAULT-VALUE})")
    private int lines;

    private final Map<Path, Long> positions = new HashMap<>();

    @Override
    public void run() {
        Map<String, Path> logs = logs(Menso.home());
        try {
            for (Map.Entry<String, Path> log : logs.entrySet()) {
                showEnd(log.getKey(), log.getValue(), logs.size() > 1);
            }
            while (follow) {
                Thread.sleep(POLL_MILLIS);
                for (Path log : logs.values()) {
                    showNew(log);
                }
            }
        } catch (IOException e) {
            throw new LauncherException("a log cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Path> logs(Home home) {
        List<String> all = new Suite(home, ignored -> {})
                .status().stream().map(Suite.State::name).toList();
        List<String> names = Optional.ofNullable(service).map(List::of).orElse(all);
        Map<String, Path> logs = new java.util.LinkedHashMap<>();
        for (String name : names) {
            if (!all.contains(name)) {
                throw new LauncherException("no process is called " + name + "; there are " + String.join(", ", all));
            }
            logs.put(name, home.log(name));
        }
        return logs;
    }

    private void showEnd(String name, Path log, boolean titled) throws IOException {
        if (titled) {
            System.out.println("==> " + name + " <==");
        }
        if (!Files.exists(log)) {
            positions.put(log, 0L);
            return;
        }
        List<String> all = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        all.subList(Math.max(0, all.size() - lines), all.size()).forEach(System.out::println);
        positions.put(log, Files.size(log));
    }

    private void showNew(Path log) throws IOException {
        if (!Files.exists(log)) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long seen = positions.getOrDefault(log, 0L);
            boolean rotated = seen > file.length();
            file.seek(rotated ? 0 : seen);
            byte[] buffer = new byte[CHUNK];
            for (int read = file.read(buffer); read > 0; read = file.read(buffer)) {
                System.out.write(buffer, 0, read);
            }
            System.out.flush();
            positions.put(log, file.getFilePointer());
        }
    }
}
