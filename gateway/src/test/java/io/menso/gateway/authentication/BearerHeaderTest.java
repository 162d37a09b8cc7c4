package io.menso.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerHeaderTest {

    @ParameterizedTest
    @DisplayName("A12: the scheme's case does not matter")
    @ValueSource(strings = {"Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c", "bEaReR   a.b.c"})
    void theSchemesCaseDoesNotMatter(String value) {
        assertThat(BearerHeader.token(List.of(value))).hasValue("a.b.c");
    }

    @ParameterizedTest
    @DisplayName("A10: other schemes carry no token")
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "Basic YTpi", "Bearera.b.c", "a.b.c", "Bearer\ta.b.c", "Token a.b.c"})
    void otherSchemesCarryNoToken(String value) {
        assertThat(BearerHeader.token(List.of(value))).isEmpty();
    }

    @Test
    @DisplayName("A12: two headers are refused, even when they are the same")
    void twoHeadersAreRefused() {
        assertThatThrownBy(() -> BearerHeader.token(List.of("Bearer a.b.c", "Bearer a.b.c")))
                .hasMessage("Unknown key or bad signature");
    }
}
