package io.menso.inference.torch;

import java.io.IOException;

/// A file of weights that is damaged, hostile, or of a kind that is not read here.
public final class TorchFormatException extends IOException {

    public TorchFormatException(String message) {
        super(message);
    }
}
