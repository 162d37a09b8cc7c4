package io.menso.gateway.keys;

import io.menso.gateway.GatewayConfig;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A source of keys that answers when the test says so, and a clock that stands still.
final class FakeKeys implements KeySource {

    final Deque<Promise<Optional<CallerKey>>> asked = new ArrayDeque<>();
    final AtomicLong nanos = new AtomicLong(1);
    final KeyCache cache = new KeyCache(this, new Settings(), new StreamLiveness(nanos::get, Duration.ofSeconds(1)));
    int count;

    @Override
    public Future<Optional<CallerKey>> fetch(String kid) {
        count++;
        Promise<Optional<CallerKey>> promise = Promise.promise();
        asked.add(promise);
        return promise.future();
    }

    /// Asks the cache and has the source answer, if it is asked.
    Optional<CallerKey> find(String kid, Optional<CallerKey> truth) {
        Future<Optional<CallerKey>> found = cache.find(kid);
        while (!asked.isEmpty()) {
            asked.remove().complete(truth);
        }
        return found.result();
    }

    void pass(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }

    static CallerKey key(String kid, Optional<String> device) {
        return new CallerKey(kid, "acme", "production", device, device.map(_ -> "G"), new byte[64]);
    }

    private static final class Settings implements GatewayConfig.Keys {

        @Override
        public Duration maxSilence() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration unknownFor() {
            return Duration.ofSeconds(60);
        }

        @Override
        public int maxEntries() {
            return 100;
        }

        @Override
        public int maxLookups() {
            return 2;
        }

        @Override
        public int maxKnownLookups() {
            return 2;
        }

        @Override
        public Duration lookupTimeout() {
            return Duration.ofSeconds(1);
        }
    }
}
