package io.menso.pipeline.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.menso.commons.web.ApiException;
import io.menso.pipeline.calls.Image;
import io.menso.pipeline.calls.Origin;
import io.menso.pipeline.calls.ServiceClient;
import io.menso.pipeline.registry.Sources;
import io.menso.pipeline.sandbox.Budget;
import io.menso.pipeline.sandbox.Failures;
import io.menso.pipeline.sandbox.Job;
import io.menso.pipeline.sandbox.Sandbox;
import io.menso.pipeline.sandbox.SandboxConfig;
import io.menso.pipeline.sandbox.Threads;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Executes pipelines.
@ApplicationScoped
public class ExecutionService {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sources sources;
    private final Uploads uploads;
    private final Sandbox sandbox;
    private final SandboxConfig limits;
    private final ServiceClient client;
    private final RecognitionEvents events;
    private final MeterRegistry meters;

    @Inject
    public ExecutionService(
            Sources sources,
            Uploads uploads,
            Sandbox sandbox,
            SandboxConfig limits,
            ServiceClient client,
            RecognitionEvents events,
            MeterRegistry meters) {
        this.sources = sources;
        this.uploads = uploads;
        this.sandbox = sandbox;
        this.limits = limits;
        this.client = client;
        this.events = events;
        this.meters = meters;
    }

    /// What an execution returned.
    ///
    /// @param json    the result
    /// @param timings value of the `Server-Timing` header
    public record Result(String json, String timings) {}

    /// Executes a pipeline on the images that a request carries.
    ///
    /// @param pipeline name of a built-in, or uuid
    /// @param request  whose body has not been read
    /// @param params   the query parameters as a JSON object
    public Uni<Result> execute(Origin origin, String pipeline, HttpServerRequest request, String params) {
        request.pause();
        return sources.find(origin.tenant(), pipeline)
                .onFailure()
                .invoke(() -> request.resume())
                .chain(source -> uploads.read(request).chain(upload -> perform(origin, source, upload, params)));
    }

    private Uni<Result> perform(Origin origin, Sources.Source source, Uploads.Upload upload, String params) {
        Run run = new Run(origin, upload.images(), new Budget(limits));
        return Uni.createFrom()
                .completionStage(() -> started(run, source, upload, params))
                .onFailure()
                .transform(Failures::asApi)
                .map(json -> result(run, json))
                .emitOn(Threads.here());
    }

    /// A copy of the outcome: a caller that leaves cancels only that. The execution goes on to its end, is recorded,
    /// and holds the memory of its images until then.
    private CompletionStage<String> started(Run run, Sources.Source source, Uploads.Upload upload, String params) {
        long start = System.nanoTime();
        return sandbox.run(job(run, 1, source, upload.images(), params))
                .whenComplete((_, failure) -> {
                    upload.memory().release();
                    finished(run, source, failure, System.nanoTime() - start);
                })
                .toCompletableFuture()
                .copy();
    }

    private CompletionStage<String> nested(Run run, int level, String pipeline, List<Image> images, String params) {
        if (level > limits.nesting()) {
            throw ApiException.badRequest("Pipelines call each other more than " + limits.nesting() + " levels deep");
        }
        if (images.isEmpty()) {
            throw ApiException.badRequest("At least one part named 'file' is needed");
        }
        return run.inLine(
                level,
                () -> sources.find(run.origin().tenant(), pipeline)
                        .subscribeAsCompletionStage()
                        .thenCompose(source -> sandbox.runNested(job(run, level, source, images, params)))
                        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(Failures.asApi(failure))));
    }

    private Job job(Run run, int level, Sources.Source source, List<Image> images, String params) {
        run.recognition().starts(source.name());
        return new Job(
                run.origin().tenant().id(),
                source.lane(),
                source.script(),
                describe(images),
                params,
                run.budget(),
                new ScriptCalls(run, level, images, client, this::nested));
    }

    private void finished(Run run, Sources.Source source, @Nullable Throwable failure, long nanos) {
        String outcome = run.recognition().outcome(failure);
        run.timings().add("script", run.budget().cpuUsed() / 1e6);
        meters.timer("menso.pipeline.executions", "lane", source.lane().name(), "ok", Boolean.toString(failure == null))
                .record(nanos, TimeUnit.NANOSECONDS);
        events.record(run, source.name(), outcome, TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private static Result result(Run run, String json) {
        return new Result(json, run.timings().header());
    }

    private static String describe(List<Image> images) {
        ArrayNode array = JSON.createArrayNode();
        images.forEach(image -> array.addObject()
                .put("name", image.name())
                .put("type", image.type())
                .put("size", image.bytes().length));
        return array.toString();
    }
}
