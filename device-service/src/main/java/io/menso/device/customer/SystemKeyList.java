package io.menso.device.customer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.menso.device.key.AccessKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A customer's system keys, without their secrets.
record SystemKeyList(List<Entry> keys) {

    /// @param created Unix seconds
    /// @param revoked Unix seconds; absent while the key works
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            UUID kid,
            String environment,
            long created,
            @Nullable Long revoked) {

        static Entry of(AccessKey key) {
            return new Entry(
                    key.id(),
                    key.tenant().environment().label(),
                    key.createdAt().getEpochSecond(),
                    key.revokedAt().map(Instant::getEpochSecond).orElse(null));
        }
    }
}
