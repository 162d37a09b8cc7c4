package io.menso.matching.remote;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/// Who owns the users.
public interface IdentityClient {

    /// Whether the user exists in the caller's tenant.
    ///
    /// @return fails with [io.menso.commons.web.ApiException] 503 when identity-service gives no answer
    Uni<Boolean> exists(UUID user);
}
