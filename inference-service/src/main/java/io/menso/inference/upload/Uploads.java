package io.menso.inference.upload;

import io.menso.commons.web.ApiException;
import io.menso.inference.image.ImageConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Reads the images of requests into memory that all requests share, and gives it back when they are answered.
@ApplicationScoped
public class Uploads {

    private static final Logger LOG = Logger.getLogger(Uploads.class);
    private static final int UNIT = 4096;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

    private final UploadConfig config;
    private final ImageConfig images;
    private final Semaphore requests;
    private final Semaphore units;

    @Inject
    public Uploads(UploadConfig config, ImageConfig images, MeterRegistry registry) {
        this.config = config;
        this.images = images;
        this.requests = new Semaphore(config.maxRequests());
        this.units = new Semaphore(Math.toIntExact(config.memory() / UNIT));
        Gauge.builder("menso.inference.upload.free", units, free -> (double) free.availablePermits() * UNIT)
                .description("Bytes of heap that request bodies may still take")
                .baseUnit("bytes")
                .register(registry);
    }

    /// Reads the images of a body and gives them to a task.
    ///
    /// @param contentType of the request
    /// @param length      of the body as announced; empty when it comes in chunks
    /// @throws ApiException 400 for a body that is not multipart or has no image, 413 for one that is too large,
    ///                      503 when other requests hold too much
    public <T> T receive(
            @Nullable String contentType,
            OptionalLong length,
            InputStream body,
            Function<List<UploadedImage>, T> task) {
        String boundary = Boundary.of(contentType);
        if (!requests.tryAcquire()) {
            throw ApiException.unavailable("Too many requests are being worked on; try again");
        }
        Reservation reservation = new Reservation(units, UNIT);
        try {
            return task.apply(read(body, length, boundary, reservation));
        } finally {
            reservation.release();
            requests.release();
        }
    }

    private List<UploadedImage> read(InputStream body, OptionalLong length, String boundary, Reservation reservation) {
        try {
            reserve(length, reservation);
            return new UploadReader(body, boundary, config, images.maxBytes(), reservation).read();
        } catch (ApiException e) {
            drain(body);
            throw e;
        } catch (IOException e) {
            LOG.debugf("a body ends early: type=%s", e.getClass().getSimpleName());
            throw MultipartReader.malformed();
        } catch (OutOfMemoryError e) {
            throw ApiException.unavailable("Too many images are being received; try again");
        }
    }

    /// Takes what a body will need before it is read. Several large bodies that took memory as they came would
    /// each get a part of it and all be refused.
    private void reserve(OptionalLong length, Reservation reservation) {
        if (length.isPresent()) {
            if (length.getAsLong() > config.maxBytes()) {
                throw ApiException.tooLarge("The request has more than " + config.maxBytes() + " bytes");
            }
            reservation.announce(length.getAsLong());
        }
    }

    /// Reads on for a while, so that a client that is still sending sees the answer instead of a broken connection.
    private void drain(InputStream body) {
        try {
            new BoundedBody(body, config.maxBytes(), DRAIN_LIMIT).transferTo(OutputStream.nullOutputStream());
        } catch (IOException | RuntimeException e) {
            LOG.debugf("a refused body ends early: type=%s", e.getClass().getSimpleName());
        }
    }
}
