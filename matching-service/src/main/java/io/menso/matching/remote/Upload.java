package io.menso.matching.remote;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.core.buffer.Buffer;
import java.util.Map;

/// A multipart body that is still arriving; it is passed on as it comes and held nowhere.
///
/// @param headers what travels with it: `Content-Type`, `Content-Length` if known, `Authorization`, `Request-Id`
/// @param body    to be read once; a reader that is slow slows the sender
public record Upload(Map<String, String> headers, Multi<Buffer> body) {

    @Override
    public String toString() {
        return "Upload";
    }
}
