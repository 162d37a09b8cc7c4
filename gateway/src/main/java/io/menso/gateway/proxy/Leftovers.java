package io.menso.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/// Bodies that nobody wants any more, because the response is already decided.
///
/// They are read for a while and thrown away: a caller that still sends would otherwise get a reset instead of the
/// response. Small ones leave the connection usable, larger ones close it.
@Singleton
public class Leftovers {

    private static final long SMALL = 1 << 20;
    private static final long PATIENCE_MILLIS = 10_000;

    private final Vertx vertx;

    @Inject
    public Leftovers(Vertx vertx) {
        this.vertx = vertx;
    }

    /// Ends the response with this body, which is left out for HEAD, and discards the rest of the request.
    void endAndDiscard(Exchange exchange, Buffer body) {
        Future<Void> discarded = discard(exchange);
        boolean close = exchange.response().headers().contains("Connection", "close", true);
        Future<Void> sent = exchange.response().end(body);
        if (close) {
            Future.join(sent, discarded)
                    .onComplete(_ -> exchange.request().connection().close());
        }
    }

    /// Discards the rest of the request; announces that the connection will be closed when that may take long and the
    /// head of the response is not written yet.
    ///
    /// @return done when nothing more comes, or when it took too long
    Future<Void> discard(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        if (request.isEnded()) {
            return Future.succeededFuture();
        }
        Promise<Void> done = Promise.promise();
        boolean unsent = request.getHeader("Expect") != null;
        if (!exchange.isHttp2() && !exchange.response().headWritten() && (unsent || !isSmall(exchange))) {
            exchange.response().putHeader("Connection", "close");
        }
        request.exceptionHandler(_ -> done.tryComplete());
        request.endHandler(_ -> done.tryComplete());
        request.handler(_ -> {});
        request.resume();
        if (unsent) {
            done.tryComplete();
        } else if (!done.future().isComplete()) {
            long timer = vertx.setTimer(PATIENCE_MILLIS, _ -> giveUp(exchange, done));
            done.future().onComplete(_ -> vertx.cancelTimer(timer));
        }
        return done.future();
    }

    private static void giveUp(Exchange exchange, Promise<Void> done) {
        if (done.tryComplete() && !exchange.request().isEnded()) {
            ErrorResponder.abort(exchange);
        }
    }

    private static boolean isSmall(Exchange exchange) {
        String length = exchange.request().getHeader("Content-Length");
        if (length == null) {
            return exchange.request().getHeader("Transfer-Encoding") == null;
        }
        return length.length() <= 7 && Long.parseLong(length) <= SMALL;
    }
}
