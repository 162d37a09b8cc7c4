package io.menso.device.customer;

import io.menso.commons.web.Tenant;
import io.menso.commons.web.Tenant.Environment;
import io.menso.device.audit.AuditLog;
import io.menso.device.key.AccessKey;
import io.menso.device.key.IssuedKey;
import io.menso.device.key.KeyIssuer;
import io.menso.device.key.KeyRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;

/// Makes customers and rotates their system keys; several may work at a time (A13).
@ApplicationScoped
class CustomerService {

    private final CustomerRepository customers;
    private final KeyRepository keys;
    private final KeyIssuer issuer;
    private final AuditLog audit;
    private final Clock clock;

    @Inject
    CustomerService(CustomerRepository customers, KeyRepository keys, KeyIssuer issuer, AuditLog audit, Clock clock) {
        this.customers = customers;
        this.keys = keys;
        this.issuer = issuer;
        this.audit = audit;
        this.clock = clock;
    }

    /// A new customer with a system key for each environment.
    @WithTransaction
    Uni<CustomerResponse> create(CreateCustomerRequest request) {
        String handle = request.validHandle();
        return customers
                .insert(handle, clock.instant())
                .chain(() -> issue(new Tenant(handle, Environment.PRODUCTION)))
                .chain(production -> issue(new Tenant(handle, Environment.STAGING))
                        .map(staging -> CustomerResponse.of(handle, production, staging)));
    }

    @WithSession
    Uni<SystemKeyList> list(String handle) {
        return customers
                .get(handle)
                .chain(() -> keys.systemKeys(handle))
                .map(found -> new SystemKeyList(
                        found.stream().map(SystemKeyList.Entry::of).toList()));
    }

    @WithTransaction
    Uni<SystemKeyResponse> addKey(String handle, CreateSystemKeyRequest request) {
        Environment environment = request.validEnvironment();
        return customers
                .get(handle)
                .chain(() -> issue(new Tenant(handle, environment)))
                .map(SystemKeyResponse::of);
    }

    @WithTransaction
    Uni<Void> revokeKey(String handle, UUID kid) {
        return keys.lockSystemKey(handle, kid).call(issuer::revoke).chain(this::recordRevocation);
    }

    private Uni<IssuedKey> issue(Tenant tenant) {
        return issuer.issue(tenant, null)
                .call(issued ->
                        audit.record(tenant, "system-key.create", issued.key().id()));
    }

    private Uni<Void> recordRevocation(AccessKey key) {
        return audit.record(key.tenant(), "system-key.revoke", key.id());
    }
}
