package io.menso.local.models.weights;

import java.io.IOException;

/// A file of weights is damaged, hostile, or of a kind that is not read here.
public final class WeightsException extends IOException {

    public WeightsException(String message) {
        super(message);
    }

    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
