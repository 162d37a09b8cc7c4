package io.menso.pinot;

/// A key, or something sealed, that cannot be used. The message never tells what was sealed.
public final class SealException extends RuntimeException {

    SealException(String message) {
        super(message);
    }

    SealException(String message, Throwable cause) {
        super(message, cause);
    }
}
