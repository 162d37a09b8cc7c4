package io.menso.device.audit;

import io.menso.commons.web.RequestIdFilter;
import io.menso.commons.web.Tenant;
import io.menso.commons.web.UuidV7;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Records who did what, in the transaction that does it: what is not recorded has not happened.
@ApplicationScoped
public class AuditLog {

    private final JsonWebToken token;
    private final CurrentVertxRequest request;
    private final UuidV7 ids;
    private final Clock clock;

    @Inject
    public AuditLog(JsonWebToken token, CurrentVertxRequest request, UuidV7 ids, Clock clock) {
        this.token = token;
        this.request = request;
        this.ids = ids;
        this.clock = clock;
    }

    /// Must run inside a transaction, on behalf of a request.
    ///
    /// @param tenant whose object it is
    /// @param action for example `key.read`
    /// @param object id of what was acted on
    public Uni<Void> record(Tenant tenant, String action, UUID object) {
        return record(tenant, action, object.toString());
    }

    /// @param object name of what was acted on
    public Uni<Void> record(Tenant tenant, String action, String object) {
        String requestId = request.getCurrent().request().getHeader(RequestIdFilter.HEADER);
        AuditRecord entry = new AuditRecord(ids.next(), tenant, actor(), action, object, requestId, clock.instant());
        return Panache.getSession().chain(session -> session.persist(entry));
    }

    private String actor() {
        return token.<String>claim("key").orElseGet(token::getSubject);
    }
}
