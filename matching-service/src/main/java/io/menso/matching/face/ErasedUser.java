package io.menso.matching.face;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;

/// A user that was deleted: nothing may be stored for it any more.
@Entity
@Table(name = "erased_users")
@IdClass(UserKey.class)
class ErasedUser {

    @Id
    String tenant;

    @Id
    @Column(name = "user_id")
    UUID userId;

    @Column(nullable = false)
    long erased;

    /// @param now Unix time in seconds
    ErasedUser(UserKey key, long now) {
        this.tenant = key.tenant();
        this.userId = key.userId();
        this.erased = now;
    }

    @SuppressWarnings("NullAway.Init")
    protected ErasedUser() {}
}
