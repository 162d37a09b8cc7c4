package io.menso.pipeline.run;

import io.menso.commons.web.ApiException;
import io.menso.pipeline.calls.AnswerReader;
import io.menso.pipeline.calls.CallPath;
import io.menso.pipeline.calls.Image;
import io.menso.pipeline.calls.QueryString;
import io.menso.pipeline.calls.ServiceClient;
import io.menso.pipeline.calls.Target;
import io.menso.pipeline.sandbox.Job;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// The `api` object of one script: checks each call and sends it where its path lives.
final class ScriptCalls implements Job.Calls {

    private final Run run;
    private final int level;
    private final List<Image> images;
    private final ServiceClient client;
    private final Nested nested;

    /// Executes a pipeline that a script calls.
    @FunctionalInterface
    interface Nested {
        CompletionStage<String> execute(Run run, int level, String pipeline, List<Image> images, String params);
    }

    /// @param level  1 for the request's own pipeline, 2 for one that it calls
    /// @param images what the script's handles stand for
    ScriptCalls(Run run, int level, List<Image> images, ServiceClient client, Nested nested) {
        this.run = run;
        this.level = level;
        this.images = images;
        this.client = client;
        this.nested = nested;
    }

    @Override
    public CompletionStage<String> call(Job.Call call) {
        try {
            return route(call, CallPath.of(call.path()));
        } catch (ApiException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<String> route(Job.Call call, CallPath path) {
        Optional<String> pipeline = path.pipeline();
        if (call.method().equals("post") && pipeline.isPresent()) {
            return nested.execute(run, level + 1, pipeline.get(), picked(call), QueryString.normalise(call.params()));
        }
        ServiceClient.Request request = new ServiceClient.Request(
                call.method().toUpperCase(Locale.ROOT),
                path,
                QueryString.write(call.params()),
                call.body(),
                picked(call));
        return send(Target.of(path), request);
    }

    private CompletionStage<String> send(Target target, ServiceClient.Request request) {
        long start = System.nanoTime();
        run.recognition().calls(request);
        return client.send(target, request, run.origin()).thenApply(answer -> {
            run.timings().call(target, System.nanoTime() - start, answer);
            run.recognition().answered(request, answer);
            return AnswerReader.read(answer);
        });
    }

    private List<Image> picked(Job.Call call) {
        if (call.images().isEmpty()) {
            return List.of();
        }
        return Arrays.stream(call.images().split(","))
                .map(number -> images.get(Integer.parseInt(number)))
                .toList();
    }
}
