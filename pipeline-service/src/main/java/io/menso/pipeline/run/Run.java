package io.menso.pipeline.run;

import io.menso.pipeline.calls.Image;
import io.menso.pipeline.calls.Origin;
import io.menso.pipeline.calls.Timings;
import io.menso.pipeline.sandbox.Budget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// One request's execution with everything nested in it: what they share.
///
/// @param origin      who asked
/// @param images      the request's images, in order
/// @param budget      what all of it may spend
/// @param timings     where the time goes
/// @param recognition what was recognised
/// @param lines       for each level, the end of the line of nested executions that wait there
record Run(
        Origin origin,
        List<Image> images,
        Budget budget,
        Timings timings,
        Recognition recognition,
        Map<Integer, CompletionStage<?>> lines) {

    Run(Origin origin, List<Image> images, Budget budget) {
        this(origin, images, budget, new Timings(), new Recognition(), new HashMap<>());
    }

    /// Runs nested executions of one level one after the other, so that a request never holds more memory than one
    /// script for each level.
    CompletionStage<String> inLine(int level, Supplier<CompletionStage<String>> execution) {
        synchronized (lines) {
            CompletionStage<?> before = lines.getOrDefault(level, CompletableFuture.completedStage(null));
            CompletionStage<String> mine =
                    before.handle((_, _) -> execution.get()).thenCompose(stage -> stage);
            lines.put(level, mine);
            return mine;
        }
    }
}
