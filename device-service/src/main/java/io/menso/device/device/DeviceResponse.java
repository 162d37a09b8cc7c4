package io.menso.device.device;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/// A device as clients see it; times are Unix seconds.
record DeviceResponse(
        UUID uuid,
        long created,
        long updated,
        @JsonProperty("display_name") String displayName,
        ObjectNode metadata) {}
