package io.menso.inference.evaluation;

import io.menso.inference.evaluation.input.EvaluationException;
import io.menso.inference.evaluation.input.EvaluationRequest;
import io.quarkus.runtime.Quarkus;
import java.util.Map;

/// The service's jar as a program that evaluates models and ends: `evaluate '<request as JSON>'`. It serves nothing.
public final class EvaluationMode {

    /// First argument that asks for this mode.
    public static final String NAME = "evaluate";

    /// Exit status when something is wrong with what was asked for or with the data.
    static final int FAILED = 1;

    /// Settings that make the service a program for one run. One picture at a time goes through a network, so that
    /// no number depends on who came together; nobody waits for an answer, so that a busy machine is no failure.
    private static final Map<String, String> SETTINGS = Map.of(
            "quarkus.http.host-enabled", "false",
            "quarkus.management.host-enabled", "false",
            "quarkus.log.level", "WARN",
            "quarkus.log.category.\"io.micrometer\".level", "ERROR",
            "quarkus.log.console.stderr", "true",
            "menso.inference.serve", "false",
            "menso.inference.batch.max-size", "1",
            "menso.inference.batch.timeout", "PT1H",
            "java.awt.headless", "true");

    private static final int INTERRUPTED = 130;

    /// Ctrl-C ends the work at once: there is nothing to put in order, and work whose stages are closed beneath it only
    /// complains.
    private static final Thread HALT = new Thread(() -> Runtime.getRuntime().halt(INTERRUPTED), "interrupted");

    private EvaluationMode() {}

    /// Runs, and ends the process.
    ///
    /// @param json see [EvaluationRequest]
    public static void run(String json) {
        try {
            EvaluationRequest request = EvaluationRequest.parse(json);
            SETTINGS.forEach(System::setProperty);
            String threads = Integer.toString(threads(request));
            System.setProperty("menso.inference.batch.threads", threads);
            System.setProperty("menso.inference.batch.frame-threads", threads);
        } catch (EvaluationException e) {
            System.err.println("menso: " + e.getMessage());
            System.exit(FAILED);
        }
        Runtime.getRuntime().addShutdownHook(HALT);
        Quarkus.run(EvaluationApplication.class, json);
    }

    /// From here on the process ends in order.
    static void finished() {
        Runtime.getRuntime().removeShutdownHook(HALT);
    }

    /// Pictures worked on at once.
    static int threads(EvaluationRequest request) {
        return request.threads().orElse(Runtime.getRuntime().availableProcessors());
    }
}
