package io.menso.pipeline.run;

import io.menso.commons.web.ApiException;
import io.menso.pipeline.calls.Image;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/// Reads the images of a request as its body arrives.
@ApplicationScoped
public class Uploads {

    private final Vertx vertx;
    private final UploadConfig config;
    private final UploadMemory memory;

    @Inject
    public Uploads(Vertx vertx, UploadConfig config, UploadMemory memory) {
        this.vertx = vertx;
        this.config = config;
        this.memory = memory;
    }

    /// Images of one request and the memory they hold.
    record Upload(List<Image> images, UploadMemory.Reservation memory) {}

    /// Reads a body that nobody has read yet.
    ///
    /// @return the images; the receiver must release their memory
    Uni<Upload> read(HttpServerRequest request) {
        return Uni.createFrom().emitter(emitter -> start(request, emitter));
    }

    private void start(HttpServerRequest request, UniEmitter<? super Upload> emitter) {
        UploadMemory.Reservation reservation = memory.reserve();
        try {
            String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
            refuseDeclared(request);
            new Reading(request, emitter, new MultipartReader(type, config, reservation), reservation).start();
        } catch (ApiException e) {
            reservation.release();
            drain(request);
            emitter.fail(e);
        }
    }

    private void refuseDeclared(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length != null && length.length() < 19 && Long.parseLong(length) > config.bodyBytes()) {
            throw ApiException.tooLarge("The body is larger than " + config.bodyBytes() + " bytes");
        }
    }

    /// Lets the rest of the body pass, so that the connection stays usable.
    private static void drain(HttpServerRequest request) {
        if (request.isEnded()) {
            return;
        }
        request.handler(_ -> {});
        request.endHandler(_ -> {});
        request.exceptionHandler(_ -> {});
        request.resume();
    }

    private final class Reading {

        private final HttpServerRequest request;
        private final UniEmitter<? super Upload> emitter;
        private final MultipartReader reader;
        private final UploadMemory.Reservation reservation;
        private long timer = -1;

        Reading(
                HttpServerRequest request,
                UniEmitter<? super Upload> emitter,
                MultipartReader reader,
                UploadMemory.Reservation reservation) {
            this.request = request;
            this.emitter = emitter;
            this.reader = reader;
            this.reservation = reservation;
        }

        void start() {
            if (request.isEnded()) {
                end();
                return;
            }
            timer = vertx.setTimer(
                    config.timeout().toMillis(),
                    _ -> stop(ApiException.badRequest("The body took too long to arrive")));
            request.handler(piece -> {
                try {
                    reader.accept(piece);
                } catch (RuntimeException | Error e) {
                    stop(e);
                }
            });
            request.endHandler(_ -> end());
            request.exceptionHandler(_ -> refuse(ApiException.badRequest("The body ended early")));
            if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
                request.response().writeContinue();
            }
            request.resume();
        }

        /// The whole body has arrived: nothing is left to drain, and trying to would throw.
        private void end() {
            try {
                finish();
            } catch (RuntimeException | Error e) {
                refuse(e);
            }
        }

        private void finish() {
            List<Image> images = reader.finish();
            vertx.cancelTimer(timer);
            emitter.complete(new Upload(images, reservation));
        }

        private void stop(Throwable reason) {
            drain(request);
            refuse(reason);
        }

        /// Whatever went wrong: a request that is not answered would keep its memory for ever.
        private void refuse(Throwable reason) {
            vertx.cancelTimer(timer);
            reservation.release();
            emitter.fail(
                    reason instanceof OutOfMemoryError ? ApiException.unavailable("Too many images at once") : reason);
        }
    }
}
