package io.menso.inference.batch;

import io.menso.commons.web.ApiException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Waiting for work on another thread, with an end.
public final class Futures {

    private Futures() {}

    /// The result, or the failure itself.
    ///
    /// @throws ApiException 503 when it does not come in time; the work is then cancelled
    public static <T> T await(Future<T> future, Duration patience) {
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
            throw ApiException.unavailable("The service is too busy to answer in time; try again");
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw ApiException.unavailable("The service is stopping");
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException failure -> failure;
            case OutOfMemoryError _ -> ApiException.unavailable("Too many images are being worked on; try again");
            case Error error -> throw error;
            case null, default -> new IllegalStateException(cause);
        };
    }
}
