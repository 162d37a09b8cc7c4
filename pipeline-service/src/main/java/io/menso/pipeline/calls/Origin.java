package io.menso.pipeline.calls;

import io.menso.commons.web.Tenant;
import java.util.Optional;
import java.util.UUID;

/// Who asked for an execution; every call made for it carries the same token and request id.
///
/// @param tenant        the caller's customer and environment
/// @param authorization the request's `Authorization` header
/// @param requestId     the request's `Request-Id` header
/// @param device        the calling device, when it is one
/// @param gallery       gallery of that device
public record Origin(
        Tenant tenant,
        String authorization,
        Optional<String> requestId,
        Optional<UUID> device,
        Optional<String> gallery) {

    @Override
    public String toString() {
        return "Origin[" + tenant + "]";
    }
}
