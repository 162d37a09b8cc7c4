package io.menso.inference.upload;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Bounds of a request's body. Nothing of it is ever written to a disk.
@ConfigMapping(prefix = "menso.inference.upload")
public interface UploadConfig {

    /// Images in one request; more is 413 (decision B4).
    @WithDefault("32")
    int maxImages();

    /// Bytes of one body; more is 413 (decision B4).
    @WithDefault("134217728")
    long maxBytes();

    /// Heap in bytes that the bodies of all requests may take together; beyond it requests get 503.
    @WithDefault("150994944")
    long memory();

    /// Requests whose body is read or worked on at once; beyond it requests get 503.
    @WithDefault("40")
    int maxRequests();

    /// How long receiving a body may take before the request is refused.
    @WithDefault("PT60S")
    Duration timeout();
}
