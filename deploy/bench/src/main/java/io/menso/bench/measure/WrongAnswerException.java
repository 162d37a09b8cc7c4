package io.menso.bench.measure;

/// An engine that promises exact answers gave another one.
public final class WrongAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public WrongAnswerException(String message) {
        super(message);
    }
}
