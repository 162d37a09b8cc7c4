package io.menso.matching.membership;

import io.menso.commons.web.ApiException;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/// A device deals only with users who hold a token in its gallery (H2); a back-end with all of its tenant.
@ApplicationScoped
public class GalleryCheck {

    private final MembershipRepository memberships;
    private final GalleryCheckConfig config;
    private final Clock clock;

    @Inject
    public GalleryCheck(MembershipRepository memberships, GalleryCheckConfig config, Clock clock) {
        this.memberships = memberships;
        this.config = config;
        this.clock = clock;
    }

    /// Whether a membership decides for this requester.
    public boolean appliesTo(Requester requester) {
        return config.enabled() && requester.gallery().isPresent();
    }

    /// @throws ApiException 404 when the device's gallery holds no membership of the user that is valid now
    @WithSession
    public Uni<Void> requireValid(Requester requester, UUID user) {
        return gallery(requester)
                .map(gallery -> require(memberships.hasValid(requester.tenant(), user, gallery, now())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /// @throws ApiException 404 when the device's gallery holds no membership of the user that has not expired
    @WithSession
    public Uni<Void> requireUnexpired(Requester requester, UUID user) {
        return gallery(requester)
                .map(gallery -> require(memberships.hasUnexpired(requester.tenant(), user, gallery, now())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Optional<String> gallery(Requester requester) {
        return config.enabled() ? requester.gallery() : Optional.empty();
    }

    private static Uni<Void> require(Uni<Boolean> found) {
        return found.invoke(isFound -> {
                    if (!isFound) {
                        throw ApiException.notFound("A token of this user for the device's gallery");
                    }
                })
                .replaceWithVoid();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
