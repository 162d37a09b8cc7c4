package io.menso.gateway.keys;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/// Applies records of the key stream to the [KeyCache].
final class KeyStreamReader {

    private static final Logger LOG = Logger.getLogger(KeyStreamReader.class);
    private static final String HEARTBEAT = "heartbeat";

    private final KeyCache cache;
    private final Clock clock;
    private final long maxAgeMillis;
    private boolean complained;

    /// @param maxAge how old a heartbeat may be when it arrives; older ones tell of a time that is over
    KeyStreamReader(KeyCache cache, Clock clock, Duration maxAge) {
        this.cache = cache;
        this.clock = clock;
        this.maxAgeMillis = maxAge.toMillis();
    }

    /// Applies what one poll brought: all changes first, then the newest heartbeat.
    ///
    /// @param caughtUp whether nothing more waits at the broker; a heartbeat counts only then
    void apply(Iterable<ConsumerRecord<String, String>> records, BooleanSupplier caughtUp) {
        long newest = Long.MIN_VALUE;
        for (ConsumerRecord<String, String> record : records) {
            if (HEARTBEAT.equals(record.key())) {
                newest = Math.max(newest, millis(record.value()));
            } else if (record.key() == null) {
                cache.clear();
            } else {
                cache.forget(record.key());
            }
        }
        if (newest != Long.MIN_VALUE && isFresh(newest) && caughtUp.getAsBoolean()) {
            cache.beat(Math.max(0, clock.millis() - newest));
        }
        cache.dropWhenSilent();
    }

    private boolean isFresh(long sent) {
        long age = clock.millis() - sent;
        if (age > maxAgeMillis && !complained) {
            complained = true;
            LOG.warnf("heartbeats arrive late, keys are asked for each time: ageMillis=%d", age);
        } else if (age <= maxAgeMillis) {
            complained = false;
        }
        return age <= maxAgeMillis;
    }

    private static long millis(String value) {
        try {
            return value == null ? Long.MIN_VALUE : Long.parseLong(value);
        } catch (NumberFormatException e) {
            return Long.MIN_VALUE;
        }
    }
}
