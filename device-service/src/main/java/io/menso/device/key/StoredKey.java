package io.menso.device.key;

import io.menso.commons.web.Tenant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key that works, with everything that authentication needs to know about it.
///
/// @param secret  encrypted with the tenant's data key
/// @param wrapped the data key, wrapped by the master key
/// @param device  its device, unless it is a system key
/// @param gallery the device's gallery now
@SuppressWarnings("ArrayRecordComponent")
record StoredKey(
        String customer,
        String environment,
        byte[] secret,
        byte[] wrapped,
        @Nullable UUID device,
        @Nullable String gallery) {

    Tenant tenant() {
        return Tenant.of(customer, environment);
    }
}
