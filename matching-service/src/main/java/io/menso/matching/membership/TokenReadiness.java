package io.menso.matching.membership;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once tokens are as identity-service last told, or when Kafka has been away for a while.
@Readiness
@ApplicationScoped
class TokenReadiness implements HealthCheck {

    private final TokenFollower follower;

    @Inject
    TokenReadiness(TokenFollower follower) {
        this.follower = follower;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("tokens caught up")
                .status(follower.isReady())
                .build();
    }
}
