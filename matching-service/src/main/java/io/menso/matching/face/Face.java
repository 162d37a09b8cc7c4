package io.menso.matching.face;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/// That a user has a face, and since when.
@Entity
@Table(name = "faces")
@IdClass(UserKey.class)
class Face {

    @Id
    String tenant;

    @Id
    @Column(name = "user_id")
    UUID userId;

    @Column(nullable = false, updatable = false)
    long created;

    @Column(nullable = false)
    long updated;

    /// Grows with each change, also over deletion and new registration.
    @Column(nullable = false)
    long version;

    /// @param now Unix time in seconds
    Face(UserKey key, long now) {
        this.tenant = key.tenant();
        this.userId = key.userId();
        this.created = now;
        this.updated = now;
    }

    @SuppressWarnings("NullAway.Init")
    protected Face() {}

    FaceTimes times() {
        return new FaceTimes(created, updated);
    }
}
