package io.menso.inference.bundle;

import java.nio.file.Path;

/// A bundle that cannot be used. The message names the folder and what is wrong with it, for the operator.
public final class BundleException extends RuntimeException {

    public BundleException(Path directory, String problem) {
        super(directory + ": " + problem);
    }

    public BundleException(Path directory, String problem, Throwable cause) {
        super(directory + ": " + problem, cause);
    }
}
