package io.menso.gateway.keys;

import io.menso.commons.web.ApiException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Look-ups under way: one per key id, and a bounded number at once, so that forged ids cannot flood device-service.
/// Ids that signed before have a share of their own, which forgers cannot exhaust.
final class KeyLookups {

    /// What to do with an answer.
    interface Sink {
        void accept(String kid, long epoch, Optional<CallerKey> found);
    }

    /// One look-up; two are the same only if they are the same object.
    private static final class Flight {

        private final long epoch;
        private final Promise<Optional<CallerKey>> answer = Promise.promise();

        Flight(long epoch) {
            this.epoch = epoch;
        }
    }

    private final KeySource source;
    private final LookupShare strangers;
    private final LookupShare acquaintances;
    private final ConcurrentMap<String, Flight> flights = new ConcurrentHashMap<>();

    KeyLookups(KeySource source, int maxStrangers, int maxAcquaintances, Duration patience) {
        this.source = source;
        this.strangers = new LookupShare(maxStrangers, patience, System::nanoTime);
        this.acquaintances = new LookupShare(maxAcquaintances, patience, System::nanoTime);
    }

    Future<Optional<CallerKey>> find(String kid, long epoch, boolean seenBefore, Sink sink) {
        Flight fresh = new Flight(epoch);
        Flight flight = flights.compute(kid, (_, old) -> old != null && old.epoch == epoch ? old : fresh);
        if (flight == fresh) {
            LookupShare share = seenBefore ? acquaintances : strangers;
            share.enter(() -> begin(kid, fresh, share, sink), () -> refuse(kid, fresh));
        }
        return here(flight.answer.future());
    }

    private void refuse(String kid, Flight flight) {
        flights.remove(kid, flight);
        flight.answer.fail(ApiException.unavailable("Too many keys are being checked"));
    }

    private void begin(String kid, Flight flight, LookupShare share, Sink sink) {
        fetch(kid).onComplete(answer -> {
            if (answer.succeeded()) {
                sink.accept(kid, flight.epoch, answer.result());
            }
            flights.remove(kid, flight);
            flight.answer.handle(answer);
            share.leave();
        });
    }

    private Future<Optional<CallerKey>> fetch(String kid) {
        try {
            return source.fetch(kid);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /// Continues on the event loop of the request that asks, not of the one that happened to start the look-up.
    private static <T> Future<T> here(Future<T> future) {
        Context context = Vertx.currentContext();
        if (context == null || future.isComplete()) {
            return future;
        }
        Promise<T> promise = Promise.promise();
        future.onComplete(answer -> context.runOnContext(_ -> promise.handle(answer)));
        return promise.future();
    }
}
