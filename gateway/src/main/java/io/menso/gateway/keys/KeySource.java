package io.menso.gateway.keys;

import io.vertx.core.Future;
import java.util.Optional;

/// Where keys are known for sure.
interface KeySource {

    /// The key with this id, or empty when there is none.
    ///
    /// @return fails with a 503 `ApiException` when nobody can tell
    Future<Optional<CallerKey>> fetch(String kid);
}
