package io.menso.device.key;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Paging;
import io.menso.commons.web.Tenant;
import io.menso.device.IdPage;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Finds keys: those of a device, those of a customer, and any by its id for authentication.
@ApplicationScoped
public class KeyRepository implements PanacheRepositoryBase<AccessKey, UUID> {

    private static final String OF_DEVICE = "customer = ?1 and environment = ?2 and deviceId = ?3";
    private static final String IDS = "select k.id from AccessKey k where " + OF_DEVICE + " order by k.id";
    private static final String SYSTEM = "customer = ?1 and deviceId is null";
    private static final String BY_KID = """
            select k.customer, k.environment, k.secret, w.wrapped, d.id, d.gallery
            from AccessKey k
            join DataKey w on w.customer = k.customer and w.environment = k.environment
            left join Device d on d.id = k.deviceId
            where k.id = ?1 and k.revokedAt is null
            """;

    /// @throws ApiException 404 when the device has no such key
    Uni<AccessKey> ofDevice(Tenant tenant, UUID device, UUID id) {
        return find(OF_DEVICE + " and id = ?4", tenant.customer(), environment(tenant), device, id)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.notFound("Key"));
    }

    Uni<List<AccessKey>> ofDevice(Tenant tenant, UUID device) {
        return list(OF_DEVICE + " order by id", tenant.customer(), environment(tenant), device);
    }

    Uni<Long> countOfDevice(Tenant tenant, UUID device) {
        return count(OF_DEVICE, tenant.customer(), environment(tenant), device);
    }

    Uni<IdPage> page(Tenant tenant, UUID device, Paging paging) {
        return countOfDevice(tenant, device)
                .chain(total -> getSession()
                        .chain(session -> IdPage.fetch(
                                session.createSelectionQuery(IDS, UUID.class)
                                        .setParameter(1, tenant.customer())
                                        .setParameter(2, environment(tenant))
                                        .setParameter(3, device),
                                total,
                                paging)));
    }

    /// System keys of both environments, revoked ones too, in order of creation.
    public Uni<List<AccessKey>> systemKeys(String customer) {
        return list(SYSTEM + " order by id", customer);
    }

    /// Finds a system key that still works, and holds it until the transaction ends.
    ///
    /// @throws ApiException 404 when there is none
    public Uni<AccessKey> lockSystemKey(String customer, UUID id) {
        return find(SYSTEM + " and id = ?2 and revokedAt is null", customer, id)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult()
                .onItem()
                .ifNull()
                .failWith(() -> ApiException.notFound("Key"));
    }

    /// All that authentication needs, in one query.
    Uni<Optional<StoredKey>> lookUp(UUID kid) {
        return getSession()
                .chain(session -> session.createSelectionQuery(BY_KID, StoredKey.class)
                        .setParameter(1, kid)
                        .getSingleResultOrNull())
                .map(Optional::ofNullable);
    }

    private static String environment(Tenant tenant) {
        return tenant.environment().label();
    }
}
