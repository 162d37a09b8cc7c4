package io.menso.pipeline.sandbox;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// A sandbox without a server around it; records the calls of scripts and answers them.
final class SandboxFixture implements AutoCloseable {

    static final String IMAGES = """
            [{"name":"a.jpg","type":"image/jpeg","size":3},{"name":"b.jpg","type":"image/jpeg","size":4}]""";

    private static final GuestImage IMAGE = new GuestImage();

    final SandboxConfig config;
    final List<Job.Call> calls = new CopyOnWriteArrayList<>();
    final Sandbox sandbox;
    private final Workers workers;
    private final Slices slices;
    private Job.Calls answers = call -> CompletableFuture.completedStage("{\"path\":\"" + call.path() + "\"}");

    SandboxFixture(Map<String, String> settings) {
        config = config(settings);
        workers = new Workers(config, new SimpleMeterRegistry());
        workers.start();
        slices = new Slices(config, IMAGE, workers, new LargeScripts(config));
        sandbox = new Sandbox(config, new Admission(config, new SimpleMeterRegistry()), slices);
    }

    static SandboxConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(SandboxConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(SandboxConfig.class);
    }

    SandboxFixture answering(Job.Calls other) {
        answers = other;
        return this;
    }

    CompletableFuture<String> start(String tenant, Job.Lane lane, String source) {
        return start(tenant, lane, source, new Budget(config));
    }

    CompletableFuture<String> start(String tenant, Job.Lane lane, String source, Budget budget) {
        Job job = new Job(tenant, lane, Script.of(source), IMAGES, "{\"q\":\"1\"}", budget, this::call);
        return sandbox.run(job).toCompletableFuture();
    }

    /// `OK <json>`, or the reason of the fault.
    String run(String source) {
        return describe(start("acme/production", Job.Lane.OWN, source));
    }

    String check(String source) {
        return describe(sandbox.check("acme/production", Script.of(source)));
    }

    static String describe(CompletionStage<String> outcome) {
        try {
            return "OK "
                    + outcome.toCompletableFuture()
                            .orTimeout(60, TimeUnit.SECONDS)
                            .join();
        } catch (CompletionException e) {
            return e.getCause() instanceof ScriptFault fault ? fault.reason() : String.valueOf(e.getCause());
        }
    }

    private CompletionStage<String> call(Job.Call call) {
        if (calls.size() < 1000) {
            calls.add(call);
        }
        return answers.call(call);
    }

    @Override
    public void close() {
        workers.stop(new ShutdownEvent());
        slices.stop(new ShutdownEvent());
    }
}
