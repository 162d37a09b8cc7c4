package io.menso.device.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.data.IdempotencyKeys;
import io.menso.commons.web.Caller;
import io.menso.commons.web.Paging;
import io.menso.commons.web.Tenant;
import io.menso.commons.web.UuidV7;
import io.menso.device.IdPage;
import io.menso.device.Once;
import io.menso.device.audit.AuditLog;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// Manages the devices of the calling customer.
@ApplicationScoped
class DeviceService {

    private final Caller caller;
    private final DeviceRepository devices;
    private final DeviceKeys keys;
    private final DeviceJson json;
    private final Once once;
    private final AuditLog audit;
    private final UuidV7 ids;
    private final Clock clock;

    @Inject
    DeviceService(
            Caller caller,
            DeviceRepository devices,
            DeviceKeys keys,
            DeviceJson json,
            Once once,
            AuditLog audit,
            UuidV7 ids,
            Clock clock) {
        this.caller = caller;
        this.devices = devices;
        this.keys = keys;
        this.json = json;
        this.once = once;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @WithSession
    Uni<IdPage> list(Paging paging) {
        return devices.page(caller.tenant(), paging);
    }

    @WithSession
    Uni<DeviceResponse> get(UUID id) {
        return devices.get(caller.tenant(), id).map(json::respond);
    }

    /// @param idempotencyKey makes a repeat of the request answer with the same device
    @WithTransaction
    Uni<DeviceResponse> create(ObjectNode body, Optional<String> idempotencyKey) {
        Tenant tenant = caller.tenant();
        DeviceFields fields = json.read(body);
        return once.run(
                        idempotencyKey.map(key -> new IdempotencyKeys.Use(tenant, "devices", key, fields.toString())),
                        () -> insert(tenant, fields),
                        id -> devices.get(tenant, id),
                        Device::id)
                .map(json::respond);
    }

    @WithTransaction
    Uni<DeviceResponse> change(UUID id, ObjectNode patch) {
        return devices.lock(caller.tenant(), id)
                .call(device -> change(device, json.merge(device.fields(), patch)))
                .map(json::respond);
    }

    @WithTransaction
    Uni<Void> delete(UUID id) {
        return devices.lock(caller.tenant(), id)
                .call(keys::revokeAll)
                .call(devices::delete)
                .call(device -> audit.record(device.tenant(), "device.delete", id))
                .replaceWithVoid();
    }

    private Uni<Device> insert(Tenant tenant, DeviceFields fields) {
        return devices.persist(new Device(ids.next(), tenant, fields, clock.instant()))
                .call(device -> audit.record(tenant, "device.create", device.id()));
    }

    private Uni<Void> change(Device device, DeviceFields fields) {
        if (fields.equals(device.fields())) {
            return Uni.createFrom().voidItem();
        }
        boolean moved = device.change(fields, clock.instant());
        return audit.record(device.tenant(), "device.change", device.id())
                .chain(() -> moved ? keys.moved(device) : Uni.createFrom().voidItem());
    }
}
