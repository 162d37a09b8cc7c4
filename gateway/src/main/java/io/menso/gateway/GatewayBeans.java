package io.menso.gateway;

import io.menso.commons.web.UuidV7;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Small things that several features share.
class GatewayBeans {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    UuidV7 ids(Clock clock) {
        return new UuidV7(clock);
    }
}
