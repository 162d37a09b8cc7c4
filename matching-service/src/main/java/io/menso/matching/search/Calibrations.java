package io.menso.matching.search;

import io.menso.commons.web.ApiException;
import io.menso.matching.remote.InferenceClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Calibrations by revision. A revision is the digest of its model, so what was learned once holds for good.
@ApplicationScoped
public class Calibrations {

    private final InferenceClient inference;
    private final Map<String, Calibration> known = new ConcurrentHashMap<>();

    @Inject
    public Calibrations(InferenceClient inference) {
        this.inference = inference;
    }

    /// @throws ApiException 400 for a revision that inference-service does not know, 503 when it cannot be asked
    public Uni<Calibration> of(String revision) {
        Calibration calibration = known.get(revision);
        return calibration != null ? Uni.createFrom().item(calibration) : fetch(revision);
    }

    private Uni<Calibration> fetch(String revision) {
        return inference
                .calibration(revision)
                .map(table -> table.orElseThrow(() -> ApiException.badRequest("embedding.revision is not known")))
                .map(Calibration::new)
                .invoke(calibration -> known.put(revision, calibration));
    }
}
