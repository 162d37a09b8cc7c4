package io.menso.matching.tenantkey;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/// The wrapped data key of a tenant. Deleting the row makes all templates of the tenant unreadable for ever.
@Entity
@Table(name = "data_keys")
class DataKey {

    @Id
    String tenant;

    @Column(nullable = false)
    byte[] wrapped;

    DataKey(String tenant, byte[] wrapped) {
        this.tenant = tenant;
        this.wrapped = wrapped;
    }

    @SuppressWarnings("NullAway.Init")
    protected DataKey() {}
}
