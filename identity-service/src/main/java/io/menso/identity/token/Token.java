package io.menso.identity.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.web.Tenant;
import io.menso.identity.TenantKey;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/// Membership of a user in a gallery for a period. Times are Unix seconds.
@Entity
@Table(name = "tokens")
@IdClass(TenantKey.class)
class Token {

    @Id
    private String customer;

    @Id
    private String environment;

    @Id
    private UUID id;

    @Column(name = "user_id")
    private UUID userId;

    @Column(name = "valid_from")
    private long validFrom;

    @Column(name = "valid_through")
    private long validThrough;

    @Column
    @Convert(converter = JsonText.class)
    private JsonNode metadata;

    @Column
    private long created;

    @Column
    private long updated;

    @Column
    private long version;

    /// For Hibernate.
    protected Token() {}

    Token(Tenant tenant, UUID userId, UUID id, TokenContent content, long now) {
        this.customer = tenant.customer();
        this.environment = tenant.environment().label();
        this.id = id;
        this.userId = userId;
        this.validFrom = content.validFrom();
        this.validThrough = content.validThrough();
        this.metadata = content.metadata();
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

    UUID userId() {
        return userId;
    }

    TokenContent content() {
        return new TokenContent(validFrom, validThrough, (ObjectNode) metadata);
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

    /// Takes a version above that of its own deletion, which is the next one.
    void outrankDeletion() {
        version += 2;
    }

    void change(TokenContent content, long now) {
        validFrom = content.validFrom();
        validThrough = content.validThrough();
        metadata = content.metadata();
        updated = now;
        version++;
    }
}
