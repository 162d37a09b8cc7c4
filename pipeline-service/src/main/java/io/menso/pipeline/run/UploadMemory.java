package io.menso.pipeline.run;

import io.menso.commons.web.ApiException;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicLong;

/// The memory that request bodies may take, all together.
@ApplicationScoped
public class UploadMemory {

    private final long limit;
    private final AtomicLong used;

    @Inject
    public UploadMemory(UploadConfig config, MeterRegistry meters) {
        this.limit = config.totalBytes();
        this.used = meters.gauge("menso.pipeline.upload.bytes", new AtomicLong());
    }

    /// Starts with nothing reserved.
    Reservation reserve() {
        return new Reservation();
    }

    /// What one request holds.
    final class Reservation {

        private long held;
        private boolean closed;

        /// @throws ApiException 503 when the memory is taken by others
        synchronized void grow(long bytes) {
            if (closed || used.addAndGet(bytes) > limit) {
                if (!closed) {
                    used.addAndGet(-bytes);
                }
                throw ApiException.unavailable("Too many images at once");
            }
            held += bytes;
        }

        /// Gives everything back; does so once.
        synchronized void release() {
            if (!closed) {
                closed = true;
                used.addAndGet(-held);
            }
        }
    }
}
