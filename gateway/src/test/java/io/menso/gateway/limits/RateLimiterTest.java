package io.menso.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bucket4j.TimeMeter;
import io.menso.commons.web.ApiException;
import io.menso.gateway.GatewayConfig;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RateLimiterTest {

    private final AtomicLong nanos = new AtomicLong(1);
    private final RateLimiter limiter = new RateLimiter(rate(), new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    private static GatewayConfig.Rate rate() {
        return new GatewayConfig.Rate() {
            @Override
            public long perSecond() {
                return 10;
            }

            @Override
            public long burst() {
                return 20;
            }
        };
    }

    private int passing(String kid, int tries) {
        int passed = 0;
        for (int i = 0; i < tries; i++) {
            passed += catchThrowableOfType(ApiException.class, () -> limiter.count(kid)) == null ? 1 : 0;
        }
        return passed;
    }

    @Test
    @DisplayName("B7: a key may send its burst, then its rate")
    void aKeyMaySendItsBurstThenItsRate() {
        assertThat(passing("a", 50)).isEqualTo(20);
        nanos.addAndGet(1_000_000_000);
        assertThat(passing("a", 50)).isEqualTo(10);
    }

    @Test
    @DisplayName("B7: keys do not share")
    void keysDoNotShare() {
        passing("a", 50);

        assertThat(passing("b", 50)).isEqualTo(20);
    }

    @Test
    @DisplayName("B7: too many is 429 with Retry-After in whole seconds")
    void tooManyIs429() {
        passing("a", 20);

        ApiException refusal = catchThrowableOfType(ApiException.class, () -> limiter.count("a"));

        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.error()).isEqualTo("TOO_MANY_REQUESTS");
        assertThat(refusal.headers()).containsEntry("Retry-After", "1");
    }
}
