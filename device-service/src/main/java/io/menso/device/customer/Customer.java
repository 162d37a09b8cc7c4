package io.menso.device.customer;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// A customer; its data live in tenants, one for each environment.
@Entity
@Table(name = "customers")
class Customer {

    @Id
    private String handle;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Customer() {}

    String handle() {
        return handle;
    }

    Instant createdAt() {
        return createdAt;
    }
}
