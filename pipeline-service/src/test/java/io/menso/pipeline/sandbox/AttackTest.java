package io.menso.pipeline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each hostile script ends as a fault of its own or harmlessly, and the next one finds the sandbox as it was.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttackTest {

    private static final String INNOCENT =
            "async (api, body, params) => [(await api.get('/v3/models')).path, params.q]";

    private final SandboxFixture fixture = new SandboxFixture(Map.of());

    @BeforeAll
    void warmUp() {
        assertThat(fixture.run(INNOCENT)).isEqualTo("OK [\"/v3/models\",\"1\"]");
    }

    @AfterAll
    void stop() {
        fixture.close();
    }

    static Stream<Arguments> attacks() throws IOException {
        try (InputStream file = Objects.requireNonNull(AttackTest.class.getResourceAsStream("attacks.tsv"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(line -> Arguments.of((Object[]) line.split("\t", 3))).toList().stream();
        }
    }

    @DisplayName("G6, G7: an attack is a fault of its script and harms nobody")
    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void endsAsExpected(String name, String expected, String source) {
        String outcome = fixture.run(source);

        if (expected.startsWith("OK ")) {
            assertThat(outcome).isEqualTo(expected);
        } else {
            assertThat(outcome).startsWith("pipeline.js").containsPattern(expected);
        }
        assertThat(fixture.run(INNOCENT)).isEqualTo("OK [\"/v3/models\",\"1\"]");
    }
}
