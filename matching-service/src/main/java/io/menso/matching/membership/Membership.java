package io.menso.matching.membership;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// This service's copy of a token: that a user counts in a gallery for a period. A deleted one keeps only its
/// version.
@Entity
@Table(name = "memberships")
@IdClass(MembershipKey.class)
class Membership {

    @Id
    String tenant;

    @Id
    UUID token;

    @Column(name = "user_id")
    @Nullable
    UUID userId;

    @Nullable
    String gallery;

    @Column(name = "valid_from")
    @Nullable
    Long validFrom;

    @Column(name = "valid_through")
    @Nullable
    Long validThrough;

    @Column(nullable = false)
    long version;

    @Column(nullable = false)
    boolean deleted;

    @SuppressWarnings("NullAway.Init")
    protected Membership() {}
}
