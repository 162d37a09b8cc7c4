package io.menso.inference;

import io.menso.inference.evaluation.EvaluationMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/// Starts the service, or one run of [EvaluationMode].
@QuarkusMain
public final class InferenceMain {

    private InferenceMain() {}

    public static void main(String... arguments) {
        if (arguments.length == 2 && arguments[0].equals(EvaluationMode.NAME)) {
            EvaluationMode.run(arguments[1]);
        } else {
            Quarkus.run(arguments);
        }
    }
}
