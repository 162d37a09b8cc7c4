package io.menso.identity.matching;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/// What must be true in the matching service before this service answers. Each call can be repeated.
///
/// All fail with an [ApiException] 503 when the matching service cannot be reached or does not do it.
public interface MatchingClient {

    /// Makes a token count in searches from now on.
    Uni<Void> putMembership(UUID token, Membership membership);

    /// Makes a token count no more, also when an older event about it comes later.
    ///
    /// @param version version of the token's deletion
    Uni<Void> deleteMembership(UUID token, long version);

    /// Erases face, templates, crops and memberships of a user, who cannot be enrolled any more.
    Uni<Void> deleteFace(UUID user);
}
