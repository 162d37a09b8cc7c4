package io.menso.local.cli;

import io.menso.local.bench.Bench;
import io.menso.local.bench.BenchResult;
import io.menso.local.stack.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures identify.
@Command(
        name = "bench",
        description = "Measures identify at concurrency 1, 4 and 16, and where the time goes.",
        mixinStandardHelpOptions = true,
        subcommands = SearchBenchCommand.class)
final class BenchCommand implements Runnable {

    private static final List<String> COLUMNS =
            List.of("decode", "inference", "script", "search", "transport", "total");

    @Option(names = "--json", paramLabel = "FILE", description = "write the same as data")
    private @Nullable Path file;

    @Option(
            names = "--seconds",
            defaultValue = "15",
            description = "how long each concurrency is measured (default ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--rate",
            defaultValue = "180",
            description = "most requests a second, below the key's rate limit (default ${DEFAULT-VALUE})")
    private int rate;

    @Override
    public void run() {
        Bench bench = new Bench(
                TokenCommand.credentials(Menso.home()), Duration.ofSeconds(seconds), rate, System.out::println);
        List<BenchResult> results = bench.run();
        results.forEach(BenchCommand::print);
        if (file != null) {
            Json.save(
                    file.toAbsolutePath(),
                    Map.of(
                            "measured", Instant.now().toString(),
                            "processors", Runtime.getRuntime().availableProcessors(),
                            "identify", results));
        }
    }

    private static void print(BenchResult result) {
        System.out.printf(
                Locale.ROOT,
                "%nconcurrency %d: %.1f requests/s (%d, %d errors), p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%n",
                result.concurrency(),
                result.throughput(),
                result.requests(),
                result.errors(),
                result.p50(),
                result.p95(),
                result.p99());
        double total = Math.max(result.shares().getOrDefault("total", 0.0), Double.MIN_NORMAL);
        for (String column : COLUMNS) {
            double millis = result.shares().getOrDefault(column, 0.0);
            System.out.printf(Locale.ROOT, "  %-10s %8.2f ms %5.1f %%%n", column, millis, 100 * millis / total);
        }
    }
}
