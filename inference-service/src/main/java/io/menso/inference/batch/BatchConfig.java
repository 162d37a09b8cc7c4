package io.menso.inference.batch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/// Queues in front of the networks, and the pool that works on frames.
@ConfigMapping(prefix = "menso.inference.batch")
public interface BatchConfig {

    /// Pictures run together at most. On a CPU larger batches gain nothing, on a GPU they do.
    @WithDefault("4")
    int maxSize();

    /// How long a picture waits for others to fill a batch. Zero takes what is already waiting. Adds to each answer.
    @WithDefault("PT0S")
    Duration maxDelay();

    /// Pictures that may wait for one network; further ones are refused with 503.
    @WithDefault("256")
    int queue();

    /// Threads that run each network at once.
    @WithDefault("1")
    int threads();

    /// Threads that decode and prepare frames. Default: one per processor, at least two.
    OptionalInt frameThreads();

    /// Frames that may wait for such a thread; further ones are refused with 503.
    @WithDefault("256")
    int frameQueue();

    /// How long a request may wait for a frame or a network before it is refused with 503.
    @WithDefault("PT20S")
    Duration timeout();
}
