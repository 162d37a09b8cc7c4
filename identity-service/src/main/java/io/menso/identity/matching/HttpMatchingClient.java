package io.menso.identity.matching;

import io.menso.commons.web.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// Asks the matching service over HTTP, in the name of the caller whose request is served.
@ApplicationScoped
class HttpMatchingClient implements MatchingClient {

    private static final Logger LOG = Logger.getLogger(HttpMatchingClient.class);

    private final MatchingRestClient rest;

    @Inject
    HttpMatchingClient(@RestClient MatchingRestClient rest) {
        this.rest = rest;
    }

    @Override
    @Timeout(1000)
    @Retry(maxRetries = 2, delay = 50, jitter = 20)
    public Uni<Void> putMembership(UUID token, Membership membership) {
        return named("put membership", rest.putMembership(token, membership));
    }

    @Override
    @Retry(maxRetries = 1, delay = 50, jitter = 20, maxDuration = 2, durationUnit = ChronoUnit.SECONDS)
    public Uni<Void> deleteMembership(UUID token, long version) {
        return named("delete membership", rest.deleteMembership(token, version));
    }

    @Override
    @Retry(maxRetries = 1, delay = 50, jitter = 20, maxDuration = 2, durationUnit = ChronoUnit.SECONDS)
    public Uni<Void> deleteFace(UUID user) {
        return named("delete face", rest.deleteFace(user));
    }

    private static Uni<Void> named(String call, Uni<Void> answer) {
        return answer.onFailure()
                .invoke(e -> LOG.warnf("matching service failed: call=%s reason=%s", call, e))
                .onFailure()
                .transform(e -> ApiException.unavailable("The matching service cannot be reached"));
    }
}
