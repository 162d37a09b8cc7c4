package io.menso.device.key;

import io.menso.device.device.Device;
import io.menso.device.device.DeviceKeys;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;

/// Lets a device's keys follow it: a move is told for each key, a deletion removes them all.
@ApplicationScoped
class KeysFollowDevice implements DeviceKeys {

    private final KeyRepository keys;
    private final KeyIssuer issuer;
    private final KeyEvents events;

    @Inject
    KeysFollowDevice(KeyRepository keys, KeyIssuer issuer, KeyEvents events) {
        this.keys = keys;
        this.issuer = issuer;
        this.events = events;
    }

    @Override
    public Uni<Void> moved(Device device) {
        return each(device, key -> {
            key.touch();
            return events.changed(key);
        });
    }

    @Override
    public Uni<Void> revokeAll(Device device) {
        return each(device, issuer::remove);
    }

    /// One after the other: a session does one thing at a time.
    private Uni<Void> each(Device device, Function<AccessKey, Uni<? extends Void>> action) {
        return keys.ofDevice(device.tenant(), device.id())
                .chain(found -> Multi.createFrom()
                        .iterable(found)
                        .onItem()
                        .transformToUniAndConcatenate(action)
                        .collect()
                        .last())
                .replaceWithVoid();
    }
}
