package io.menso.matching.face;

import io.menso.commons.web.Tenant;
import java.io.Serializable;
import java.util.UUID;

/// A user of a tenant, as primary key.
///
/// @param tenant `customer/environment`
/// @param userId the user
public record UserKey(String tenant, UUID userId) implements Serializable {

    static UserKey of(Tenant tenant, UUID user) {
        return new UserKey(tenant.id(), user);
    }
}
