package io.menso.pipeline.registry;

import io.menso.commons.web.ApiException;
import io.menso.pipeline.sandbox.SandboxConfig;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads the source out of a request, and never more of it than a source may have.
@ApplicationScoped
public class SourceBody {

    private static final Set<String> TYPES = Set.of("text/javascript", "application/javascript");

    /// Room for the lines of dates.
    private static final int SLACK = 256;

    private final int maxBytes;

    @Inject
    public SourceBody(SandboxConfig config) {
        this.maxBytes = config.sourceBytes();
    }

    /// @return the source without its lines of dates; 400 when type, size or encoding are wrong
    Uni<String> read(HttpServerRequest request) {
        return Uni.createFrom()
                .<byte[]>emitter(emitter -> start(request, emitter))
                .map(body -> SourceText.read(body, maxBytes));
    }

    private void start(HttpServerRequest request, UniEmitter<? super byte[]> emitter) {
        Buffer body = Buffer.buffer();
        if (request.isEnded()) {
            finish(request, body, emitter);
            return;
        }
        request.handler(piece -> {
            if (body.length() <= maxBytes + SLACK) {
                body.appendBuffer(piece);
            }
        });
        request.exceptionHandler(_ -> emitter.fail(ApiException.badRequest("The body ended early")));
        request.endHandler(_ -> finish(request, body, emitter));
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.resume();
    }

    private void finish(HttpServerRequest request, Buffer body, UniEmitter<? super byte[]> emitter) {
        if (!TYPES.contains(type(request))) {
            emitter.fail(ApiException.badRequest("Content-Type must be text/javascript"));
        } else {
            emitter.complete(body.getBytes());
        }
    }

    private static String type(HttpServerRequest request) {
        String header = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
        return header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
