package io.menso.pipeline.sandbox;

import io.menso.commons.web.ApiException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/// Runs scripts. Whatever one does, the others go on.
@ApplicationScoped
public class Sandbox {

    private static final int MAX_PARAMETERS = 3;

    private final SandboxConfig config;
    private final Admission admission;
    private final Slices slices;
    private final Semaphore nested;

    @Inject
    public Sandbox(SandboxConfig config, Admission admission, Slices slices) {
        this.config = config;
        this.admission = admission;
        this.slices = slices;
        this.nested = new Semaphore(config.live());
    }

    /// Runs a script when its turn comes.
    ///
    /// @return the result as JSON; or an `ApiException` (a call's failure, or 503 when too much waits already),
    ///         or a [ScriptFault]
    public CompletionStage<String> run(Job job) {
        return admitted(new Execution(job, "start", config.resultBytes(), slices));
    }

    /// Runs a script that another one, which has been admitted, called and waits for.
    public CompletionStage<String> runNested(Job job) {
        if (!nested.tryAcquire()) {
            return CompletableFuture.failedFuture(ApiException.unavailable("Too many nested pipelines at once"));
        }
        Execution execution = new Execution(job, "start", config.resultBytes(), slices);
        slices.limitWall(execution);
        execution.start();
        return execution.outcome().whenComplete((_, _) -> nested.release());
    }

    /// Checks that a source is an async function of at most three parameters, by having QuickJS parse it (G2).
    ///
    /// @return completes when it is, otherwise a [ScriptFault] says what is wrong and where
    public CompletionStage<String> check(String tenant, Script script) {
        Job job = new Job(tenant, Job.Lane.OWN, script, "[]", "{}", new Budget(config), Sandbox::noCall);
        return admitted(new Execution(job, "check", config.sourceBytes(), slices))
                .thenApply(function -> {
                    judge(script, function);
                    return function;
                });
    }

    private CompletableFuture<String> admitted(Execution execution) {
        String queue = execution.job().queue();
        admission.enter(
                queue,
                () -> {
                    var _ = execution.outcome().whenComplete((_, _) -> admission.leave(queue));
                    slices.limitWall(execution);
                    execution.start();
                },
                execution::fail);
        return execution.outcome();
    }

    private static void judge(Script script, String function) {
        if (!script.isExactly(function)) {
            throw new ScriptFault(script.position(""), "the source must be one async function and nothing else");
        }
        if (Parameters.count(function) > MAX_PARAMETERS) {
            throw new ScriptFault(script.position(""), "the function has more than three parameters");
        }
    }

    private static CompletionStage<String> noCall(Job.Call call) {
        return CompletableFuture.failedFuture(ApiException.badRequest("no calls while a source is checked"));
    }
}
