package io.menso.device.device;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Paging;
import io.menso.commons.web.Tenant;
import io.menso.device.IdPage;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.UUID;

/// Finds devices of a tenant; another tenant's do not exist for it.
@ApplicationScoped
public class DeviceRepository implements PanacheRepositoryBase<Device, UUID> {

    private static final String OF_TENANT = "customer = ?1 and environment = ?2";
    private static final String IDS = "select d.id from Device d where " + OF_TENANT + " order by d.id";

    /// @throws ApiException 404 when there is none
    public Uni<Device> get(Tenant tenant, UUID id) {
        return get(tenant, id, LockModeType.NONE);
    }

    /// Finds a device and holds it until the transaction ends, so that changes to it and its keys come one by one.
    ///
    /// @throws ApiException 404 when there is none
    public Uni<Device> lock(Tenant tenant, UUID id) {
        return get(tenant, id, LockModeType.PESSIMISTIC_WRITE);
    }

    Uni<IdPage> page(Tenant tenant, Paging paging) {
        String environment = tenant.environment().label();
        return count(OF_TENANT, tenant.customer(), environment)
                .chain(total -> getSession()
                        .chain(session -> IdPage.fetch(
                                session.createSelectionQuery(IDS, UUID.class)
                                        .setParameter(1, tenant.customer())
                                        .setParameter(2, environment),
                                total,
                                paging)));
    }

    private Uni<Device> get(Tenant tenant, UUID id, LockModeType lock) {
        return find(
                        OF_TENANT + " and id = ?3",
                        tenant.customer(),
                        tenant.environment().label(),
                        id)
                .withLock(lock)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.notFound("Device"));
    }
}
