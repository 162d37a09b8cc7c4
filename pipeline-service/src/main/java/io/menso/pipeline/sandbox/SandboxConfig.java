package io.menso.pipeline.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.OptionalInt;

/// Limits of scripts (decision G7) and of what the process spends on them.
@ConfigMapping(prefix = "menso.pipeline.sandbox")
public interface SandboxConfig {

    /// CPU time of one execution with everything nested in it, in milliseconds; waiting for calls is free.
    @WithDefault("250")
    int cpuMillis();

    /// Time from start to answer, waiting included, in milliseconds.
    @WithDefault("30000")
    int wallMillis();

    /// Memory of one script in MiB, its runtime (about 1.3 MiB) included.
    @WithDefault("32")
    int memoryMib();

    /// Calls of one execution with everything nested in it.
    @WithDefault("32")
    int calls();

    /// Levels of pipelines that call pipelines, the first included.
    @WithDefault("4")
    int nesting();

    /// Largest result in bytes of JSON.
    @WithDefault("1048576")
    int resultBytes();

    /// Largest source in bytes of UTF-8.
    @WithDefault("65536")
    int sourceBytes();

    /// Executions at once of one tenant; its own pipelines and the built-in ones count apart.
    @WithDefault("8")
    int atOnce();

    /// Executions that wait for their turn, for each tenant and kind; more are answered 503 at once.
    @WithDefault("64")
    int queue();

    /// Longest wait for a turn in milliseconds; then 503.
    @WithDefault("5000")
    int queueMillis();

    /// Executions at once in the process; each holds at least 1.3 MiB of heap while it lives.
    @WithDefault("32")
    int live();

    /// Memory in MiB that any script may keep while it waits for a call; with more it counts as a large one.
    @WithDefault("3")
    int smallMib();

    /// Large scripts that may wait at once in the process, half of them of one tenant; others are answered 503.
    /// Each may keep `memory-mib` of heap.
    @WithDefault("4")
    int largeAtOnce();

    /// Threads that run scripts; the number of processors, at least two, when absent.
    OptionalInt workers();
}
