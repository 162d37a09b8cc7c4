package io.menso.gateway.proxy;

import io.menso.commons.web.ApiException;
import io.menso.gateway.routing.BodyKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One request being streamed to a service and its answer being streamed back, with back-pressure both ways.
///
/// Everything happens on the event loop of the caller's connection. `settled` says that the outcome is decided: by an
/// answer, a failure or the caller's leaving, whichever came first.
final class Forwarding {

    private static final Logger LOG = Logger.getLogger(Forwarding.class);
    private static final long NO_TIMER = -1;

    private final Forwarder forwarder;
    private final Exchange exchange;
    private final HttpServerRequest request;
    private final long limit;
    private final boolean sendsBody;
    private @Nullable HttpClientRequest outgoing;
    private boolean settled;
    private boolean retried;
    private boolean sent;
    private long received;
    private long timer = NO_TIMER;

    /// @param limit most bytes of the body
    Forwarding(Forwarder forwarder, Exchange exchange, long limit) {
        this.forwarder = forwarder;
        this.exchange = exchange;
        this.request = exchange.request();
        this.limit = limit;
        this.sendsBody = exchange.match().operation().body() != BodyKind.NONE;
    }

    void start() {
        exchange.whenGone(this::abandon);
        connect();
    }

    private void connect() {
        forwarder
                .clients()
                .proxied()
                .request(forwarder
                        .clients()
                        .options(exchange.match().route().service(), request.method(), request.uri()))
                .onSuccess(this::send)
                .onFailure(this::fail);
    }

    private void send(HttpClientRequest connected) {
        if (settled) {
            connected.reset();
            return;
        }
        outgoing = connected;
        try {
            putHeaders(connected);
        } catch (ApiException e) {
            fail(e);
            connected.reset();
            return;
        }
        connected.exceptionHandler(cause -> lost(connected, cause));
        connected.response().onSuccess(this::answered).onFailure(cause -> lost(connected, cause));
        long length = exchange.announcedLength();
        if (!sendsBody || length == 0) {
            sendBodyless(connected);
        } else {
            sendBody(connected, length);
        }
    }

    private void putHeaders(HttpClientRequest connected) {
        forwarder.hosts().hostOf(request).ifPresent(host -> ForwardedHeaders.copy(request.headers(), connected, host));
        exchange.caller()
                .ifPresent(key -> connected.putHeader(
                        "Authorization", "Bearer " + forwarder.tokens().forCaller(key)));
        exchange.requestId().ifPresent(id -> connected.putHeader("Request-Id", id));
    }

    private void sendBodyless(HttpClientRequest connected) {
        if (sendsBody) {
            connected.putHeader("Content-Length", "0");
        }
        connected.end();
        sent = true;
        awaitAnswer(connected);
        if (!sendsBody && exchange.announcedLength() != 0) {
            forwarder.leftovers().discard(exchange);
        }
    }

    private void sendBody(HttpClientRequest connected, long length) {
        // Under HTTP/2 the announced length frames nothing, so it must not frame anything towards the service.
        if (length > 0 && !exchange.isHttp2()) {
            connected.putHeader("Content-Length", Long.toString(length));
        } else {
            connected.setChunked(true);
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            exchange.response().writeContinue();
        }
        request.exceptionHandler(_ -> abandon());
        request.handler(chunk -> pass(connected, chunk));
        request.endHandler(_ -> finishBody(connected));
        request.resume();
    }

    private void pass(HttpClientRequest connected, Buffer chunk) {
        received += chunk.length();
        if (settled) {
            return;
        }
        if (received > limit) {
            fail(Forwarder.tooLarge(limit));
            connected.reset();
            return;
        }
        connected.write(chunk);
        if (connected.writeQueueFull()) {
            request.pause();
            connected.drainHandler(_ -> request.resume());
        }
    }

    private void finishBody(HttpClientRequest connected) {
        if (!settled) {
            sent = true;
            connected.end();
            awaitAnswer(connected);
        }
    }

    private void awaitAnswer(HttpClientRequest connected) {
        if (!settled) {
            timer = forwarder
                    .vertx()
                    .setTimer(forwarder.responseMillis(), _ -> lost(connected, new TimeoutException("no answer")));
        }
    }

    private void answered(HttpClientResponse answer) {
        if (!settle()) {
            answer.request().reset();
            return;
        }
        KeyChanges.forget(exchange, forwarder.keys());
        if (ServiceErrors.isForeign(answer)) {
            drop(answer);
            forwarder.errors().respond(exchange, ServiceErrors.translate(answer));
        } else {
            relay(answer);
        }
    }

    /// Reads a small rest so that the connection can be used again.
    private void drop(HttpClientResponse answer) {
        answer.exceptionHandler(_ -> {});
        if (sent) {
            answer.handler(_ -> {}).resume();
        } else {
            answer.request().reset();
        }
    }

    private void relay(HttpClientResponse answer) {
        HttpServerResponse response = exchange.response();
        ForwardedHeaders.copy(answer, response);
        if (answer.statusCode() == 503 && !response.headers().contains("Retry-After")) {
            response.putHeader("Retry-After", "1");
        }
        if (!sent) {
            forwarder.leftovers().discard(exchange);
        }
        boolean bodyless =
                HttpMethod.HEAD.equals(request.method()) || answer.statusCode() == 204 || answer.statusCode() == 304;
        if (!bodyless && answer.getHeader("Content-Length") == null) {
            response.setChunked(true);
        }
        answer.pipe().endOnFailure(false).to(response).onComplete(done -> {
            if (done.failed()) {
                LOG.debugf("answer broke off: reason=%s", done.cause().toString());
                ErrorResponder.abort(exchange);
            }
            if (done.failed() || !sent) {
                answer.request().reset();
            }
        });
    }

    /// The connection to the service broke, or it took too long. Outcomes are settled before a request is reset, since
    /// a reset reports itself as a failure at once.
    private void lost(HttpClientRequest which, Throwable cause) {
        if (which != outgoing) {
            return;
        }
        boolean repeatable =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        if (!settled && !retried && repeatable && cause instanceof HttpClosedException) {
            // A pooled connection that the service closed just when it was taken again.
            retried = true;
            outgoing = null;
            cancelTimer();
            connect();
            return;
        }
        fail(cause);
        which.reset();
    }

    private void fail(Throwable cause) {
        if (!settle()) {
            return;
        }
        KeyChanges.forget(exchange, forwarder.keys());
        if (cause instanceof ApiException refusal) {
            forwarder.errors().respond(exchange, refusal);
            return;
        }
        LOG.warnf(
                "service does not answer: service=%s reason=%s",
                exchange.match().route().service(), cause.toString());
        forwarder.errors().respond(exchange, ApiException.unavailable("This part of the service cannot be reached"));
    }

    /// The caller went away: nobody waits for the answer.
    private void abandon() {
        if (settle()) {
            KeyChanges.forget(exchange, forwarder.keys());
        }
        if (outgoing != null) {
            outgoing.reset();
        }
    }

    private boolean settle() {
        boolean first = !settled;
        settled = true;
        cancelTimer();
        return first;
    }

    private void cancelTimer() {
        if (timer != NO_TIMER) {
            forwarder.vertx().cancelTimer(timer);
            timer = NO_TIMER;
        }
    }
}
