package io.menso.gateway.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeyStreamReaderTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final Optional<CallerKey> A = Optional.of(FakeKeys.key("a", Optional.empty()));

    private final FakeKeys keys = new FakeKeys();
    private final KeyStreamReader reader = new KeyStreamReader(
            keys.cache, Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC), Duration.ofSeconds(1));

    private static ConsumerRecord<String, @Nullable String> record(String key, @Nullable String value) {
        return new ConsumerRecord<>(KeyStream.TOPIC, 0, 0, key, value);
    }

    private static ConsumerRecord<String, @Nullable String> heartbeat(long millis) {
        return record("heartbeat", Long.toString(millis));
    }

    @Test
    @DisplayName("A9: a fresh heartbeat with nothing behind it makes the cache live")
    void aFreshHeartbeatMakesTheCacheLive() {
        reader.apply(List.of(heartbeat(NOW - 999)), () -> true);

        assertThat(keys.cache.isLive()).isTrue();
    }

    @Test
    @DisplayName("A9: an old heartbeat, one with more behind it, and one that says nothing do not count")
    void doubtfulHeartbeatsDoNotCount() {
        reader.apply(List.of(heartbeat(NOW - 1001)), () -> true);
        reader.apply(List.of(heartbeat(NOW)), () -> false);
        reader.apply(List.of(record("heartbeat", "x"), record("heartbeat", null)), () -> true);
        reader.apply(List.of(record("a", "{}")), () -> true);

        assertThat(keys.cache.isLive()).isFalse();
    }

    @Test
    @DisplayName("A9: an event and a tombstone both make a key forgotten")
    void eventsMakeKeysForgotten() {
        for (String value : new String[] {"{\"type\":\"key.revoked\"}", null}) {
            reader.apply(List.of(heartbeat(NOW)), () -> true);
            assertThat(keys.find("a", A)).isEqualTo(A);

            reader.apply(List.of(record("a", value), heartbeat(NOW)), () -> true);

            assertThat(keys.find("a", Optional.empty())).isEmpty();
            keys.cache.forget("a");
        }
    }

    @Test
    @DisplayName("A9: secrets are dropped from memory once the stream falls silent")
    void secretsAreDroppedWhenSilent() {
        reader.apply(List.of(heartbeat(NOW)), () -> true);
        keys.find("a", A);
        keys.pass(1000);

        reader.apply(List.of(), () -> true);

        assertThat(keys.find("a", Optional.empty())).isEmpty();
    }
}
