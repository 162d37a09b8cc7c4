package io.menso.pipeline.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/// A customer's pipeline.
@Entity
@Table(name = "pipelines")
public class Pipeline {

    @Id
    UUID id;

    @Column(nullable = false, updatable = false)
    String tenant;

    @Column(nullable = false)
    String source;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    Instant updatedAt;

    @SuppressWarnings("NullAway.Init")
    protected Pipeline() {}

    Pipeline(UUID id, String tenant, String source, Instant now) {
        this.id = id;
        this.tenant = tenant;
        this.source = source;
        this.createdAt = now;
        this.updatedAt = now;
    }

    void change(String newSource, Instant now) {
        source = newSource;
        updatedAt = now;
    }
}
