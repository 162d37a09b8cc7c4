package io.menso.device.device;

import io.menso.commons.web.Tenant;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// A tablet. `metadata` holds, as JSON, what the customer keeps there besides the gallery.
@Entity
@Table(name = "devices")
public class Device {

    @Id
    private UUID id;

    @Column(name = "customer")
    private String customer;

    @Column(name = "environment")
    private String environment;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "gallery")
    private String gallery;

    @Column(name = "metadata")
    private String metadata;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "updated_at")
    private Instant updatedAt;

    protected Device() {}

    Device(UUID id, Tenant tenant, DeviceFields fields, Instant now) {
        this.id = id;
        this.customer = tenant.customer();
        this.environment = tenant.environment().label();
        this.displayName = fields.displayName();
        this.gallery = fields.gallery();
        this.metadata = fields.metadata();
        this.createdAt = now;
        this.updatedAt = now;
    }

    /// @return whether the device moved to another gallery
    boolean change(DeviceFields fields, Instant now) {
        boolean moved = !gallery.equals(fields.gallery());
        displayName = fields.displayName();
        gallery = fields.gallery();
        metadata = fields.metadata();
        updatedAt = now;
        return moved;
    }

    public UUID id() {
        return id;
    }

    public Tenant tenant() {
        return Tenant.of(customer, environment);
    }

    DeviceFields fields() {
        return new DeviceFields(displayName, gallery, metadata);
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }
}
