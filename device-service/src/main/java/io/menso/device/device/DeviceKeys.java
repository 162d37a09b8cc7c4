package io.menso.device.device;

import io.smallrye.mutiny.Uni;

/// What happens to a device's keys when the device changes. Runs in the same transaction, the device being locked.
public interface DeviceKeys {

    /// The device moved to another gallery: whoever cached its keys must learn that.
    Uni<Void> moved(Device device);

    /// The device is about to be deleted, and its keys with it (A9).
    Uni<Void> revokeAll(Device device);
}
