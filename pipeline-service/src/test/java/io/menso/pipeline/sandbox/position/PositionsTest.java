package io.menso.pipeline.sandbox.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {

    private static final int SOURCE_BYTES = 64 << 10;
    private static final String POSITION = "[0-9]+:[0-9]+";
    private static final List<String> MESSAGES = List.of(
            "cannot read property 'a' of undefined",
            "cannot set property 'a' of null",
            "a is not defined",
            "'a' is read-only",
            "value is not iterable",
            "Cannot convert undefined or null to object",
            "anything");

    @Test
    @DisplayName("Any text, also one that is no JavaScript, gives a position")
    void takesAnyText() {
        String alphabet = "a.a[]{}()`${'\"/\\*=>; \n\r\u2028ä😀functionforofasyncdowhile,:?#0...constthrow";
        Random random = new Random(4);
        for (int round = 0; round < 3000; round++) {
            StringBuilder source = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                int from = random.nextInt(alphabet.length());
                source.append(alphabet, from, Math.min(alphabet.length(), from + random.nextInt(6)));
            }
            lookEverywhere(source.toString(), random);
        }
    }

    private static void lookEverywhere(String source, Random random) {
        Positions positions = new Positions(source, random.nextInt(source.length() + 1), 2);
        String stack = "    at f (<input>:" + random.nextInt(9) + ":" + random.nextInt(40) + ")";
        for (String message : MESSAGES) {
            assertThat(positions.ofFault(stack, "ReferenceError", message)).matches(POSITION);
        }
        assertThat(positions.ofFault("", "Thrown", "a")).matches(POSITION);
        assertThat(positions.ofLoop(stack)).matches(POSITION);
        assertThat(positions.ofRecursion(stack)).matches(POSITION);
        assertThat(positions.ofCall(stack)).matches(POSITION);
    }

    @ParameterizedTest
    @DisplayName("The largest source takes no time, however it is nested")
    @ValueSource(
            strings = {
                "a=>",
                "{",
                "a=a=",
                "(/[",
                "/",
                "`${",
                "for(;;)",
                "do ",
                "function a(",
                "f(a){",
                "a[a[",
                "1.",
                "a.a.",
                "a\n",
                "[...",
                "a=>{",
                "for(a of ",
                "'\\",
                "//",
                "/*",
                "throw ",
                "a=>a.",
                "(a)=>",
                "...",
                "{a}="
            })
    void isLinear(String piece) {
        String source = piece.repeat(SOURCE_BYTES / piece.length());
        Positions positions = new Positions(source, 0, 2);
        assertTimeout(Duration.ofSeconds(5), () -> {
            for (String message : MESSAGES) {
                assertThat(positions.ofFault("at a (<input>:1:1)", "ReferenceError", message))
                        .matches(POSITION);
            }
            assertThat(positions.ofLoop("at a (<input>:1:1)")).matches(POSITION);
            assertThat(positions.ofRecursion("")).matches(POSITION);
        });
    }

    @Test
    @DisplayName("Without anything that can have raised the error, the mark is kept")
    void keepsTheMark() {
        Positions positions = new Positions("async () => {\n  f(); x.b;\n}", 0, 2);
        String stack = "    at <anonymous> (<input>:2:4)";
        assertThat(positions.ofFault(stack, "TypeError", "cannot read property 'a' of undefined"))
                .isEqualTo("2:4");
        assertThat(positions.ofFault(stack, "TypeError", "something else")).isEqualTo("2:4");
        assertThat(positions.ofFault("no trace", "TypeError", "something else")).isEqualTo("1:1");
    }
}
