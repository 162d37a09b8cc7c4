package io.menso.pipeline.calls;

import io.menso.commons.web.ApiException;

/// The service that owns a path.
public enum Target {
    IDENTITY,
    DEVICE,
    INFERENCE,
    MATCHING,
    PIPELINE;

    /// @param path a checked path
    /// @throws ApiException 404 when nothing lives there
    public static Target of(CallPath path) {
        boolean face = path.segments().size() == 4 && path.segment(3).equals("face");
        return switch (path.segment(1)) {
            case "users" -> face ? MATCHING : IDENTITY;
            case "faces" -> MATCHING;
            case "devices" -> DEVICE;
            case "models" -> INFERENCE;
            case "pipelines" -> PIPELINE;
            default -> throw ApiException.notFound("This resource");
        };
    }
}
