package io.menso.matching.search;

import io.menso.commons.web.ApiException;
import io.menso.matching.enrolment.EnrolmentService;
import io.menso.matching.membership.Requester;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Says whether a later call can succeed, so that a script fails before it spends on inference.
@ApplicationScoped
public class AccessService {

    private final EnrolmentService enrolment;
    private final VerifyService verification;

    @Inject
    public AccessService(EnrolmentService enrolment, VerifyService verification) {
        this.enrolment = enrolment;
        this.verification = verification;
    }

    /// Parameters of the later call, each `null` when it was not given.
    record Parameters(
            @Nullable String userId,
            @Nullable String limit,
            @Nullable String threshold,
            @Nullable String gallery) {}

    /// @throws ApiException what the later call would answer: 400, 404 or 503
    Uni<Void> check(Requester requester, @Nullable String purpose, Parameters parameters) {
        return switch (purpose) {
            case "enrollment" -> enrolment.requireEnrollable(requester, UserIds.parse(parameters.userId()));
            case "verification" -> verification.requireFace(requester, UserIds.parse(parameters.userId()));
            case "identification" -> identification(requester, parameters);
            case null, default ->
                throw ApiException.badRequest("purpose must be enrollment, verification or identification");
        };
    }

    private static Uni<Void> identification(Requester requester, Parameters parameters) {
        SearchOptions.parse(parameters.limit(), parameters.threshold(), parameters.gallery(), requester.gallery());
        return Uni.createFrom().voidItem();
    }
}
