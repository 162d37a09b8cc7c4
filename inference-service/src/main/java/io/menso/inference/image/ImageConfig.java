package io.menso.inference.image;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Bounds of decoding.
@ConfigMapping(prefix = "menso.inference.image")
public interface ImageConfig {

    /// Size of one image file in bytes; a larger one is 413 (decision B3).
    @WithDefault("10485760")
    int maxBytes();

    /// Pixels of one image by its header; more is 400 (decision B4).
    @WithDefault("64000000")
    long maxPixels();

    /// Pixels kept of one image. A larger image keeps every second, third ... pixel. More costs 7 bytes of heap each.
    @WithDefault("8000000")
    long workingPixels();

    /// Memory in bytes that all images being decoded and analysed may take together. Requests wait for it.
    @WithDefault("134217728")
    long memory();

    /// How much processor time decoding one image may take before it is refused with 400, and how long a request
    /// waits for memory to decode in before it is refused with 503.
    @WithDefault("PT5S")
    Duration timeout();
}
