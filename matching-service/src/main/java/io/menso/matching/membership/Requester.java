package io.menso.matching.membership;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Caller;
import io.menso.commons.web.Tenant;
import java.util.Optional;

/// For whom faces are looked up. Taken from the caller once, because it outlives the hop to another thread.
///
/// @param tenant  whose faces
/// @param gallery the calling device's own gallery; empty for a back-end
public record Requester(Tenant tenant, Optional<String> gallery) {

    /// @throws ApiException 401 for a device whose token names no gallery
    public static Requester of(Caller caller) {
        if (!caller.isDevice()) {
            return new Requester(caller.tenant(), Optional.empty());
        }
        String gallery = caller.gallery().orElseThrow(() -> ApiException.notAllowed("This device has no gallery"));
        return new Requester(caller.tenant(), Optional.of(gallery));
    }
}
