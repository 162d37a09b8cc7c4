package io.menso.matching.remote;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// Who turns images into embeddings and knows what those mean. Answers are ours to check, errors are passed on.
public interface InferenceClient {

    /// Analyses images with the checks of a registration (D8, D9).
    ///
    /// @return what the model's `embedding` says, undecoded; fails with [io.menso.commons.web.ApiException]: the
    ///         service's own 400, 413, 422 or 503 unchanged, or 503 when it gives no answer
    Uni<EncodedEmbedding> register(Upload images);

    /// How scores of a revision are made.
    ///
    /// @return empty when the revision is unknown; fails with 503 when the service gives no answer
    Uni<Optional<CalibrationTable>> calibration(String revision);
}
