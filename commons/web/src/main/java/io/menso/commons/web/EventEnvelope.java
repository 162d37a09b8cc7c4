package io.menso.commons.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/// What travels on a Kafka topic, around the data of any event.
///
/// @param id          UUIDv7 of the event, the same when it is delivered again
/// @param type        for example `token.changed`
/// @param time        Unix time of the change in milliseconds
/// @param customer    handle of the customer it belongs to
/// @param environment `production` or `staging`
/// @param version     version of the object after the change; a consumer ignores what is older than it has
/// @param data        the object itself
public record EventEnvelope(
        UUID id, String type, long time, String customer, String environment, long version, JsonNode data) {

    public Tenant tenant() {
        return Tenant.of(customer, environment);
    }
}
