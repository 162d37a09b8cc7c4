package io.menso.inference.evaluation.input;

import java.io.IOException;

/// What somebody who evaluates models should know; the message is all that is shown.
public final class EvaluationException extends RuntimeException {

    public EvaluationException(String message) {
        super(message);
    }

    public EvaluationException(String message, Throwable cause) {
        super(message, cause);
    }

    static EvaluationException unreadable(String what, IOException cause) {
        return new EvaluationException(what + " cannot be read: " + cause.getMessage(), cause);
    }
}
