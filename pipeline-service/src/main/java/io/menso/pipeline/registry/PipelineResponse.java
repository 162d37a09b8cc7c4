package io.menso.pipeline.registry;

import java.util.UUID;

/// A pipeline without its source.
///
/// @param uuid    its id
/// @param created Unix seconds
/// @param updated Unix seconds
public record PipelineResponse(UUID uuid, long created, long updated) {

    static PipelineResponse of(Pipeline pipeline) {
        return new PipelineResponse(
                pipeline.id, pipeline.createdAt.getEpochSecond(), pipeline.updatedAt.getEpochSecond());
    }
}
