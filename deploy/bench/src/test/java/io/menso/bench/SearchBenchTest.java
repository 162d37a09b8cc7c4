package io.menso.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.bench.data.Match;
import io.menso.bench.data.Vectors;
import io.menso.bench.engine.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SearchBenchTest {

    private static final String SMALL = "--n 2k --dim 128 --seconds 0.05 --count 20 --cores 1";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyEngineOfOursIsMeasuredAndExact() throws IOException {
        Path json = folder.resolve("rows.json");

        int status = execute(
                Processes::worker,
                SMALL + " --engines local,local-strict,float32,int8,lucene"
                        + " --queries hit --filters none,1 --fmr 1e-4 --json " + json);

        assertThat(status).as(err.toString()).isZero();
        JsonNode rows = new ObjectMapper().readTree(json.toFile());
        assertThat(StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.get("engine").asText()))
                .contains("local", "local-strict", "float32", "int8", "lucene");
        for (JsonNode row : rows) {
            assertRow(row);
        }
        assertThat(out.toString()).contains("p50 ms").contains("local-strict").contains("hnsw ef=128");
        assertThat(err.toString()).contains("impostors 0.05").contains("1e-6 at");
    }

    private static void assertRow(JsonNode row) {
        assertThat(row.fieldNames())
                .toIterable()
                .contains(
                        "engine",
                        "n",
                        "dim",
                        "queries",
                        "threshold",
                        "mode",
                        "cores",
                        "p50_ms",
                        "p99_ms",
                        "qps",
                        "recall",
                        "bytes_per_template",
                        "build_s");
        assertThat(row.get("n").asInt()).isEqualTo(2_000);
        assertThat(row.get("dim").asInt()).isEqualTo(128);
        assertThat(row.get("queries").asText()).isEqualTo("hit");
        assertThat(row.get("threshold").asDouble()).isBetween(0.3, 0.5);
        assertThat(row.get("fmr").asDouble()).isBetween(8e-5, 1e-4);
        assertThat(row.get("p50_ms").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(row.get("p99_ms").asDouble());
        assertThat(row.get("qps").asDouble()).isPositive();
        assertThat(row.get("read_gb_per_s").asDouble()).isPositive();
        double recall = row.get("recall").asDouble();
        boolean complete = row.get("mode").asText().equals("full scan")
                || row.get("engine").asText().startsWith("local");
        assertThat(recall).isBetween(complete ? 0.98 : 0.5, 1.0);
    }

    @Test
    void plainRandomDataAreAnsweredExactly() {
        int status = execute(Processes::worker, SMALL + " --engines local --queries random --filters none");

        assertThat(status).as(err.toString()).isZero();
        assertThat(out.toString()).contains("random").contains("1.0000");
    }

    @Test
    void aWrongAnswerOfTheExactEngineFailsTheCommand() {
        int status = execute(wrong(), SMALL + " --engines local --queries hit --filters none --insert-rate 0");

        assertThat(status).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(err.toString()).contains("local on 2,000 x 128 gave a wrong answer");
    }

    @Test
    void keptDataAreUsedAgain() {
        String line = SMALL + " --engines float32 --queries nomatch --filters none --data " + folder;
        execute(Processes::worker, line);
        Path rows = folder.resolve("2000x128").resolve("rows.f32");
        long made = rows.toFile().lastModified();

        int status = execute(Processes::worker, line);

        assertThat(status).isZero();
        assertThat(rows.toFile().lastModified()).isEqualTo(made).isPositive();
    }

    @Test
    void withoutFaissTheRestIsMeasured() {
        int status = execute(
                Processes::worker,
                SMALL + " --engines faiss-flat,float32 --queries nomatch --filters none --python no-such-python");

        assertThat(status).isZero();
        assertThat(err.toString()).contains("FAISS skipped: no-such-python cannot import faiss");
        assertThat(out.toString()).contains("float32").doesNotContain("faiss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--n 0",
                "--n many",
                "--n 1e12",
                "--dim 100",
                "--dim 8192",
                "--queries maybe",
                "--engines elastic",
                "--cores 0",
                "--cores 100000",
                "--k 0",
                "--fmr 0",
                "--fmr 1e-9",
                "--threshold 2",
                "--threshold NaN",
                "--filters 0",
                "--filters 101",
                "--seconds 0",
                "--count 0",
                "--insert-rate -1",
                "--frobnicate"
            })
    void wrongUseIsRefusedBeforeAnythingStarts(String line) {
        int status = execute(
                (_, _, _, _) -> {
                    throw new AssertionError("started");
                },
                line);

        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).startsWith("menso: ").contains("Usage: menso bench search");
    }

    private int execute(Bench.Workers workers, String line) {
        return SearchBench.commandLine(workers)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line.split(" "));
    }

    /// Real processes, but measuring happens here, with an engine that errs.
    private static Bench.Workers wrong() {
        return (cores, heap, arguments, lines) -> arguments.getFirst().equals(Worker.MEASURE)
                ? measureHere(arguments, lines)
                : Processes.worker(cores, heap, arguments, lines);
    }

    private static int measureHere(List<String> arguments, Consumer<String> lines) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try {
            int status = new Worker(
                            (kind, threads, folder) -> new Forgetful(kind.create(threads, folder)), stream, stream)
                    .run(arguments);
            printed.toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("{"))
                    .forEach(lines);
            return status;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Leaves out the best hit.
    private record Forgetful(Engine engine) implements Engine {

        @Override
        public String mode() {
            return engine.mode();
        }

        @Override
        public boolean isExact() {
            return engine.isExact();
        }

        @Override
        public void build(Vectors rows) {
            engine.build(rows);
        }

        @Override
        public Search searcher(int @Nullable [] filter) {
            Search search = engine.searcher(filter);
            return (query, k, threshold) -> {
                List<Match> matches = search.find(query, k, threshold);
                return matches.subList(Math.min(1, matches.size()), matches.size());
            };
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
