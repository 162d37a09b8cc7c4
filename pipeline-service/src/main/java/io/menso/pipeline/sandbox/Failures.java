package io.menso.pipeline.sandbox;

import io.menso.commons.web.ApiException;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/// Turns what ended an asynchronous step into what the caller is told.
public final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    private Failures() {}

    /// An `ApiException` as it is, a script's fault as 400 `BAD_REQUEST`, everything else as 503.
    public static ApiException asApi(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> asApi(wrapped.getCause());
            case ApiException api -> api;
            case ScriptFault fault -> ApiException.badRequest(fault.reason());
            default -> {
                LOG.warn("a step of a pipeline failed unexpectedly", failure);
                yield ApiException.unavailable("A part of the service cannot be reached");
            }
        };
    }
}
