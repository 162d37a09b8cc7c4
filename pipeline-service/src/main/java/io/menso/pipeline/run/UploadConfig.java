package io.menso.pipeline.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// Limits of what comes with an execution (decisions B3, B4, B12). Images are held in memory, never on disk.
@ConfigMapping(prefix = "menso.pipeline.upload")
public interface UploadConfig {

    /// Images of one request; more are 413.
    @WithDefault("32")
    int images();

    /// Largest image in bytes; a larger one is 413.
    @WithDefault("10485760")
    int imageBytes();

    /// Largest request body in bytes; a larger one is 413.
    @WithDefault("134217728")
    long bodyBytes();

    /// Bytes of all request bodies in the process; beyond it, requests are answered 503. All of it is heap.
    @WithDefault("167772160")
    long totalBytes();

    /// How long a body may take to arrive; then 400. The caller's internal token lives for 60 seconds and is needed
    /// afterwards, and a body that trickles in must not keep its memory.
    @WithDefault("PT50S")
    Duration timeout();
}
