package io.menso.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LookupShareTest {

    private final AtomicLong nanos = new AtomicLong();
    private final LookupShare share = new LookupShare(1, Duration.ofSeconds(3), nanos::get);
    private final List<String> begun = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    private void enter(String name) {
        share.enter(() -> begun.add(name), () -> refused.add(name));
    }

    @Test
    @DisplayName("look-ups beyond the share wait and begin in order")
    void lookupsWaitInOrder() {
        enter("a");
        enter("b");
        enter("c");
        assertThat(begun).containsExactly("a");

        share.leave();
        assertThat(begun).containsExactly("a", "b");
        share.leave();
        share.leave();
        enter("d");

        assertThat(begun).containsExactly("a", "b", "c", "d");
        assertThat(refused).isEmpty();
    }

    @Test
    @DisplayName("who has waited for too long is refused, and the next one begins")
    void whoWaitedTooLongIsRefused() {
        enter("a");
        enter("b");
        nanos.set(Duration.ofSeconds(2).toNanos());
        enter("c");
        nanos.set(Duration.ofSeconds(3).toNanos() + 1);

        share.leave();

        assertThat(refused).containsExactly("b");
        assertThat(begun).containsExactly("a", "c");
    }

    @Test
    @DisplayName("a full queue refuses at once")
    void aFullQueueRefuses() {
        for (int i = 0; i <= LookupShare.MOST_WAITING; i++) {
            enter("x");
        }

        enter("y");

        assertThat(refused).containsExactly("y");
    }
}
