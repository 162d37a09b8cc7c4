package io.menso.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.menso.commons.web.ApiException;
import io.menso.gateway.GatewayConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/// A token bucket for each key (decision B7). Buckets are per replica.
@Singleton
public class RateLimiter {

    private static final long NANOS = 1_000_000_000;

    private final Cache<String, Bucket> buckets;
    private final Bandwidth bandwidth;
    private final TimeMeter time;

    @Inject
    public RateLimiter(GatewayConfig config) {
        this(config.rate(), TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimiter(GatewayConfig.Rate rate, TimeMeter time) {
        this.time = time;
        this.bandwidth = Bandwidth.builder()
                .capacity(rate.burst())
                .refillGreedy(rate.perSecond(), Duration.ofSeconds(1))
                .build();
        // A bucket that rested this long is full again, so forgetting it changes nothing.
        this.buckets = Caffeine.newBuilder()
                .maximumSize(200_000)
                .expireAfterAccess(Duration.ofSeconds(60 + rate.burst() / Math.max(1, rate.perSecond())))
                .build();
    }

    /// Counts one request of a key.
    ///
    /// @throws ApiException 429 with `Retry-After` when it asks too much
    public void count(String kid) {
        ConsumptionProbe probe = buckets.get(kid, _ -> full()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = Math.max(1, Math.ceilDiv(probe.getNanosToWaitForRefill(), NANOS));
            throw new ApiException(
                    429,
                    "TOO_MANY_REQUESTS",
                    "This key sends too many requests",
                    Map.of("Retry-After", Long.toString(seconds)));
        }
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(bandwidth)
                .withCustomTimePrecision(time)
                .build();
    }
}
