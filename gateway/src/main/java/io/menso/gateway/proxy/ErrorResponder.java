package io.menso.gateway.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.ApiException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/// Answers with an error of the gateway's own (decisions B7, B8, B9).
@Singleton
public class ErrorResponder {

    private static final Logger LOG = Logger.getLogger(ErrorResponder.class);

    private final ObjectMapper json;
    private final Leftovers leftovers;

    @Inject
    public ErrorResponder(ObjectMapper json, Leftovers leftovers) {
        this.json = json;
        this.leftovers = leftovers;
    }

    /// Ends the exchange with this failure: as its JSON body, or by cutting a response that has begun.
    public void respond(Exchange exchange, Throwable failure) {
        HttpServerResponse response = exchange.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            abort(exchange);
            return;
        }
        ApiException error = failure instanceof ApiException expected ? expected : unexpected(failure);
        LOG.debugf("request refused: status=%d error=%s reason=%s", error.status(), error.error(), error.getMessage());
        response.setStatusCode(error.status()).putHeader("Content-Type", "application/json");
        error.headers().forEach(response::putHeader);
        leftovers.endAndDiscard(exchange, Buffer.buffer(write(error)));
    }

    /// Cuts a response short, so that the caller notices that it is not whole.
    static void abort(Exchange exchange) {
        if (exchange.isHttp2()) {
            exchange.response().reset();
        } else {
            exchange.request().connection().close();
        }
    }

    private static ApiException unexpected(Throwable failure) {
        LOG.error("request failed unexpectedly", failure);
        return new ApiException(500, "INTERNAL", "Something went wrong on our end");
    }

    private byte[] write(ApiException error) {
        try {
            return json.writeValueAsBytes(error.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
