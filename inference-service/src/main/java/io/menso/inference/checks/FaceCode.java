package io.menso.inference.checks;

import io.menso.commons.web.ApiException;

/// The face codes of the API, all answered with 422 (decision B5), in the order in which they are judged (H8).
public enum FaceCode {
    NO_FACE_DETECTED("No face detected"),
    MULTIPLE_BEST_FACE_CANDIDATES("The largest face is not sufficiently larger than the other faces"),
    MOVE_IN("The face is too small: come closer"),
    MOVE_OUT("The face is too large: step back"),
    MOVE_LEFT("The face must move towards the left of the picture"),
    MOVE_RIGHT("The face must move towards the right of the picture"),
    MOVE_UP("The face must move towards the top of the picture"),
    MOVE_DOWN("The face must move towards the bottom of the picture"),
    BAD_QUALITY("All images are too blurry, too dark or otherwise unusable"),
    BAD_CROSSCHECK("The images do not show the same person"),
    BAD_LIVENESS("The face does not pass the liveness check");

    private final String reason;

    FaceCode(String reason) {
        this.reason = reason;
    }

    /// The refusal of a request.
    public ApiException refusal() {
        return new ApiException(422, name(), reason);
    }
}
