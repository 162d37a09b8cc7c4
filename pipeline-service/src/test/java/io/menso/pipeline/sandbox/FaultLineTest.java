package io.menso.pipeline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Scripts that fail, run in the real sandbox; `faults.txt` says on which line each does.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultLineTest {

    private final SandboxFixture fixture = new SandboxFixture(Map.of());

    @AfterAll
    void stop() {
        fixture.close();
    }

    static Stream<Arguments> faults() throws IOException {
        try (InputStream file = Objects.requireNonNull(FaultLineTest.class.getResourceAsStream("faults.txt"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("#### ")).skip(1).map(FaultLineTest::fault).toList().stream();
        }
    }

    private static Arguments fault(String block) {
        String[] parts = block.split("\n", 2);
        String[] head = parts[0].split(" \\| ", 3);
        return Arguments.of(head[2], Integer.valueOf(head[0]), head[1], parts[1].strip());
    }

    @DisplayName("G6: a fault of a script is reported with its line")
    @ParameterizedTest(name = "{0}: line {1}")
    @MethodSource("faults")
    void namesTheLine(String name, int line, String problem, String source) {
        assertThat(fixture.run(source)).startsWith("pipeline.js:" + line + ":").containsPattern(problem);
    }

    @DisplayName("G6: the line is the same with CR LF at the ends of lines")
    @ParameterizedTest(name = "{0}: line {1}")
    @MethodSource("faults")
    void namesTheLineWithCrLf(String name, int line, String problem, String source) {
        assertThat(fixture.run(source.replace("\n", "\r\n")))
                .startsWith("pipeline.js:" + line + ":")
                .containsPattern(problem);
    }

    @DisplayName("G6: the line is the same behind a comment with characters beyond ASCII")
    @ParameterizedTest(name = "{0}: line {1}")
    @MethodSource("faults")
    void namesTheLineBehindComment(String name, int line, String problem, String source) {
        assertThat(fixture.run("/* äöü€😀 */ " + source))
                .startsWith("pipeline.js:" + line + ":")
                .containsPattern(problem);
    }

    @Test
    @DisplayName("G6: columns count characters, and name the property that could not be read")
    void namesTheColumn() {
        assertThat(fixture.run("async () => {\n  const s = 'äöü€', x = {}; Object.keys(s); return x.a.b;\n}"))
                .startsWith("pipeline.js:2:56:");
        assertThat(fixture.run("async () => {\n  const s = 'äöü€'; throw new Error(s);\n}"))
                .startsWith("pipeline.js:2:31:");
    }

    @Test
    @DisplayName("G6, G7: a call too many is reported with its line")
    void namesTheCallTooMany() {
        assertThat(fixture.run("async (api) => {\n  for (;;)\n    await api.get(\n      '/v3/x');\n}"))
                .endsWith("pipeline.js:3:15: The pipeline made too many calls");
    }

    @Test
    @DisplayName("G6, G7: a script that waits too long is reported at the call it waits for")
    void namesTheCallThatIsAwaited() {
        CompletableFuture<String> never = new CompletableFuture<>();
        try (SandboxFixture slow =
                new SandboxFixture(Map.of("menso.pipeline.sandbox.wall-millis", "300")).answering(_ -> never)) {
            assertThat(slow.run("async (api) => {\n  await api.get('/v3/x');\n  for (;;);\n}"))
                    .matches("pipeline\\.js:2:[0-9]+: more than 300 ms");
        }
    }
}
