package io.menso.inference.model;

import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready once the installed models are loaded and warm. Without any the service is ready too, and says so per request.
@Readiness
public class ModelsReadyCheck implements HealthCheck {

    private final ModelRegistry registry;

    @Inject
    public ModelsReadyCheck(ModelRegistry registry) {
        this.registry = registry;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("models").status(registry.isReady()).build();
    }
}
