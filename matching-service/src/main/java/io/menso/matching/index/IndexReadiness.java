package io.menso.matching.index;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once the index is loaded.
@Readiness
@ApplicationScoped
class IndexReadiness implements HealthCheck {

    private final IndexLoader loader;

    @Inject
    IndexReadiness(IndexLoader loader) {
        this.loader = loader;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("index loaded")
                .status(loader.isLoaded())
                .build();
    }
}
