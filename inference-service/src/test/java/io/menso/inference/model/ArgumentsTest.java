package io.menso.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    private static final List<Parameter> PARAMETERS = List.of(
            Parameter.choice("revision", "Model revision", List.of("1234567", "latest"), "latest"),
            Parameter.number("threshold", "Smallest score", 0.1, 1, 0.6));

    private static void assertRefused(Map<String, List<String>> query, String... named) {
        assertThatThrownBy(() -> Arguments.read(PARAMETERS, query)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.error()).isEqualTo("BAD_REQUEST");
            assertThat(e.body().reason()).contains(named);
        });
    }

    @Test
    void absentParametersHaveTheirDefaults() {
        Arguments arguments = Arguments.read(PARAMETERS, Map.of());

        assertThat(arguments.text("revision")).isEqualTo("latest");
        assertThat(arguments.number("threshold")).isEqualTo(0.6);
    }

    @Test
    @DisplayName("F1: query strings are converted by type")
    void convertsByType() {
        Arguments arguments =
                Arguments.read(PARAMETERS, Map.of("revision", List.of("1234567"), "threshold", List.of("0.25")));

        assertThat(arguments.text("revision")).isEqualTo("1234567");
        assertThat(arguments.number("threshold")).isEqualTo(0.25);
    }

    @Test
    @DisplayName("F1, F2: what is unknown or wrong is 400 that names what is allowed")
    void namesWhatIsAllowed() {
        assertRefused(Map.of("revison", List.of("latest")), "revison", "revision, threshold");
        assertRefused(Map.of("revision", List.of("7654321")), "1234567, latest");
        assertRefused(Map.of("revision", List.of("latest", "1234567")), "more than once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "0.05", "1.01", "NaN", "Infinity", "0x1p3", "1e999", " 0.5", "-1"})
    @DisplayName("F1: a number out of range or no number at all")
    void refusesBadNumbers(String text) {
        assertRefused(Map.of("threshold", List.of(text)), "from 0.1 to 1.0");
    }

    @Test
    void aParameterWithoutDefaultIsRequired() {
        Parameter required = new Parameter(
                "x",
                "X",
                "string",
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty());

        assertThatThrownBy(() -> Arguments.read(List.of(required), Map.of()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400));
    }
}
