package io.menso.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.UuidV7;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {

    private final RequestIds ids = new RequestIds(new UuidV7(Clock.systemUTC()));

    @Test
    @DisplayName("B9: 1 to 200 visible characters are taken as they are")
    void visibleCharactersAreTaken() {
        for (String id : List.of("a", "!", "~", "x".repeat(200), "{\"a\":1}", "%s%n")) {
            assertThat(ids.choose(List.of(id))).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @DisplayName("B9: anything else is refused")
    @ValueSource(strings = {"", "a b", "a\tb", "\u00e9", "\u007f", "a\nb"})
    void anythingElseIsRefused(String id) {
        assertThatThrownBy(() -> ids.choose(List.of(id))).hasMessageContaining("Request-Id");
    }

    @Test
    @DisplayName("B9: 201 characters and two values are refused")
    void tooLongAndTwoAreRefused() {
        assertThatThrownBy(() -> ids.choose(List.of("x".repeat(201)))).hasMessageContaining("Request-Id");
        assertThatThrownBy(() -> ids.choose(List.of("a", "a"))).hasMessageContaining("Request-Id");
    }

    @Test
    @DisplayName("B9: without one a UUIDv7 is made")
    void withoutOneAUuidIsMade() {
        assertThat(UUID.fromString(ids.choose(List.of())).version()).isEqualTo(7);
    }
}
