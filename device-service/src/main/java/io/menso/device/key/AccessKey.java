package io.menso.device.key;

import io.menso.commons.web.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key that signs callers' tokens: a customer's system key, or one of a device. Its secret is encrypted.
@Entity
@Table(name = "access_keys")
public class AccessKey {

    @Id
    private UUID id;

    @Column(name = "customer")
    private String customer;

    @Column(name = "environment")
    private String environment;

    @Column(name = "device_id")
    private @Nullable UUID deviceId;

    @Column(name = "secret")
    private byte @Nullable [] secret;

    @Column(name = "version")
    private long version;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "revoked_at")
    private @Nullable Instant revokedAt;

    protected AccessKey() {}

    AccessKey(UUID id, Tenant tenant, @Nullable UUID deviceId, byte[] secret, Instant now) {
        this.id = id;
        this.customer = tenant.customer();
        this.environment = tenant.environment().label();
        this.deviceId = deviceId;
        this.secret = secret;
        this.version = 1;
        this.createdAt = now;
    }

    /// Counts a change, so that readers of events know which is the latest.
    void touch() {
        version++;
    }

    /// Destroys the secret; what remains says that the key existed.
    void revoke(Instant now) {
        touch();
        secret = null;
        revokedAt = now;
    }

    public UUID id() {
        return id;
    }

    public Tenant tenant() {
        return Tenant.of(customer, environment);
    }

    /// @throws IllegalStateException when the key is revoked
    byte[] sealedSecret() {
        if (secret == null) {
            throw new IllegalStateException("a revoked key has no secret");
        }
        return secret.clone();
    }

    long version() {
        return version;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Optional<Instant> revokedAt() {
        return Optional.ofNullable(revokedAt);
    }
}
