package io.menso.gateway.observation;

import io.menso.gateway.keys.CallerKey;
import io.menso.gateway.proxy.Exchange;
import io.menso.gateway.routing.Route;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// One line on the category `menso.audit` for each management call, read of a secret and recognition: who, what, when,
/// with what result; never a name, an image or a token.
@Singleton
public class AuditLog {

    private static final Logger AUDIT = Logger.getLogger("menso.audit");

    @Inject
    public AuditLog() {}

    void record(Exchange exchange, int status) {
        HttpMethod method = exchange.request().method();
        exchange.caller()
                .ifPresent(key -> exchange.route()
                        .filter(route -> route.operation(method).isPresent() && route.isAudited(method))
                        .ifPresent(route -> write(exchange, key, route, status)));
    }

    private static void write(Exchange exchange, CallerKey key, Route route, int status) {
        // The request id comes last: it is the only part that the caller chooses.
        AUDIT.infof(
                "customer=%s environment=%s key=%s device=%s call=\"%s %s\" status=%d millis=%d requestId=%s",
                key.customer(),
                key.environment(),
                key.kid(),
                key.device().orElse("-"),
                exchange.request().method().name(),
                route.template(),
                status,
                exchange.millis(),
                exchange.requestId().orElse("-"));
    }
}
