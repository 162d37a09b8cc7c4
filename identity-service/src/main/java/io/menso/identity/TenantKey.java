package io.menso.identity;

import io.menso.commons.web.Tenant;
import java.util.UUID;

/// Primary key of every table here: an object is found by its tenant and its id together, never by the id alone.
///
/// @param customer    the customer's handle
/// @param environment `production` or `staging`
/// @param id          UUIDv7 of the object
public record TenantKey(String customer, String environment, UUID id) {

    public static TenantKey of(Tenant tenant, UUID id) {
        return new TenantKey(tenant.customer(), tenant.environment().label(), id);
    }

    /// Key of the object's events on Kafka.
    public String eventKey() {
        return customer + "/" + environment + "/" + id;
    }
}
