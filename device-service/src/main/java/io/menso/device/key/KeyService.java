package io.menso.device.key;

import io.menso.commons.data.IdempotencyKeys;
import io.menso.commons.web.ApiException;
import io.menso.commons.web.Caller;
import io.menso.commons.web.Paging;
import io.menso.commons.web.Tenant;
import io.menso.device.IdPage;
import io.menso.device.Once;
import io.menso.device.audit.AuditLog;
import io.menso.device.device.Device;
import io.menso.device.device.DeviceRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/// Manages the keys of the calling customer's devices. Each answer with a secret is recorded (D11).
@ApplicationScoped
class KeyService {

    private final Caller caller;
    private final DeviceRepository devices;
    private final KeyRepository keys;
    private final KeyIssuer issuer;
    private final Once once;
    private final AuditLog audit;
    private final KeyConfig config;

    @Inject
    KeyService(
            Caller caller,
            DeviceRepository devices,
            KeyRepository keys,
            KeyIssuer issuer,
            Once once,
            AuditLog audit,
            KeyConfig config) {
        this.caller = caller;
        this.devices = devices;
        this.keys = keys;
        this.issuer = issuer;
        this.once = once;
        this.audit = audit;
        this.config = config;
    }

    @WithSession
    Uni<IdPage> list(UUID device, Paging paging) {
        Tenant tenant = caller.tenant();
        return devices.get(tenant, device).chain(() -> keys.page(tenant, device, paging));
    }

    /// @param idempotencyKey makes a repeat of the request answer with the same key
    @WithTransaction
    Uni<KeyResponse> create(UUID device, Optional<String> idempotencyKey) {
        Tenant tenant = caller.tenant();
        String scope = "devices/" + device + "/keys";
        return once.run(
                idempotencyKey.map(key -> new IdempotencyKeys.Use(tenant, scope, key, "")),
                () -> devices.lock(tenant, device).chain(this::issue),
                id -> read(tenant, device, id),
                KeyResponse::uuid);
    }

    @WithTransaction
    Uni<KeyResponse> get(UUID device, UUID id) {
        return read(caller.tenant(), device, id);
    }

    @WithTransaction
    Uni<Void> delete(UUID device, UUID id) {
        Tenant tenant = caller.tenant();
        return devices.lock(tenant, device)
                .chain(() -> keys.ofDevice(tenant, device, id))
                .chain(issuer::remove)
                .chain(() -> audit.record(tenant, "key.delete", id));
    }

    private Uni<KeyResponse> issue(Device device) {
        return keys.countOfDevice(device.tenant(), device.id())
                .invoke(this::checkLimit)
                .chain(() -> issuer.issue(device.tenant(), device.id()))
                .call(issued ->
                        audit.record(device.tenant(), "key.create", issued.key().id()))
                .map(KeyResponse::of);
    }

    private Uni<KeyResponse> read(Tenant tenant, UUID device, UUID id) {
        return keys.ofDevice(tenant, device, id)
                .chain(issuer::open)
                .call(() -> audit.record(tenant, "key.read", id))
                .map(KeyResponse::of);
    }

    private void checkLimit(long count) {
        if (count >= config.maxPerDevice()) {
            throw ApiException.badRequest("A device has at most " + config.maxPerDevice() + " keys");
        }
    }
}
