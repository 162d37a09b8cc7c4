package io.menso.matching.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.menso.commons.web.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GalleryCheckTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private final Requester device = new Requester(Tenant.of("acme", "production"), Optional.of("hall"));
    private final Requester system = new Requester(Tenant.of("acme", "production"), Optional.empty());

    /// The repository would fail: there is no database.
    private static GalleryCheck check(boolean enabled) {
        return new GalleryCheck(new MembershipRepository(), () -> enabled, Clock.systemUTC());
    }

    @Test
    @DisplayName("H2: the setting switches the check off, and then no membership is looked up")
    void switchedOff() {
        GalleryCheck check = check(false);
        assertThat(check.appliesTo(device)).isFalse();
        assertThatCode(() ->
                        check.requireValid(device, UUID.randomUUID()).await().atMost(PATIENCE))
                .doesNotThrowAnyException();
        assertThatCode(() -> check.requireUnexpired(device, UUID.randomUUID())
                        .await()
                        .atMost(PATIENCE))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("H2: the check is for devices alone")
    void devices() {
        assertThat(check(true).appliesTo(device)).isTrue();
        assertThat(check(true).appliesTo(system)).isFalse();
        assertThatCode(() -> check(true)
                        .requireValid(system, UUID.randomUUID())
                        .await()
                        .atMost(PATIENCE))
                .doesNotThrowAnyException();
    }
}
