package io.menso.identity.user;

import io.menso.commons.web.Tenant;
import io.menso.identity.TenantKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/// A person of a tenant. Times are Unix seconds.
@Entity
@Table(name = "users")
@IdClass(TenantKey.class)
class User {

    @Id
    private String customer;

    @Id
    private String environment;

    @Id
    private UUID id;

    @Column(name = "display_name")
    private String displayName;

    @Column
    private long created;

    @Column
    private long updated;

    @Column
    private long version;

    /// For Hibernate.
    protected User() {}

    User(Tenant tenant, UUID id, UserContent content, long now) {
        this.customer = tenant.customer();
        this.environment = tenant.environment().label();
        this.id = id;
        this.displayName = content.displayName();
        this.created = now;
        this.updated = now;
        this.version = 1;
    }

    TenantKey key() {
        return new TenantKey(customer, environment, id);
    }

    UUID id() {
        return id;
    }

    UserContent content() {
        return new UserContent(displayName);
    }

    long created() {
        return created;
    }

    long updated() {
        return updated;
    }

    long version() {
        return version;
    }

    void change(UserContent content, long now) {
        displayName = content.displayName();
        updated = now;
        version++;
    }
}
