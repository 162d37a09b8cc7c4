package io.menso.identity.token;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.commons.web.ApiException;
import io.menso.commons.web.MergePatch;
import io.menso.identity.JsonMembers;
import java.nio.charset.StandardCharsets;

/// What a caller decides about a token; the rest is read-only.
///
/// @param validFrom    first valid second, Unix time, 0 to 2^53 - 1
/// @param validThrough last valid second, not before the first (D2)
/// @param metadata     free members, at most 4 KiB as JSON (D4), among them `gallery`: 1 to 128 characters (D1)
record TokenContent(long validFrom, long validThrough, ObjectNode metadata) {

    private static final int MAX_GALLERY = 128;
    private static final int MAX_METADATA_BYTES = 4096;

    /// @throws ApiException 400 when a member is missing or wrong
    static TokenContent of(ObjectNode json) {
        long from = JsonMembers.time(json, "valid_from");
        long through = JsonMembers.time(json, "valid_through");
        if (from > through) {
            throw ApiException.badRequest("valid_from must not be after valid_through");
        }
        if (!(JsonMembers.required(json, "metadata", "metadata") instanceof ObjectNode metadata)) {
            throw ApiException.badRequest("metadata must be an object");
        }
        JsonMembers.text(metadata, "gallery", "metadata.gallery", MAX_GALLERY);
        requireStorable(metadata.toString());
        return new TokenContent(from, through, metadata);
    }

    String gallery() {
        return metadata.path("gallery").textValue();
    }

    /// Applies a merge patch; members that are read-only or unknown fall away (D3).
    TokenContent patched(ObjectNode patch) {
        ObjectNode current = JsonNodeFactory.instance
                .objectNode()
                .put("valid_from", validFrom)
                .put("valid_through", validThrough)
                .set("metadata", metadata);
        return of((ObjectNode) MergePatch.apply(current, patch));
    }

    /// Half a surrogate pair would be replaced on its way into the database.
    private static void requireStorable(String metadata) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(metadata)) {
            throw ApiException.badRequest("metadata must be valid Unicode");
        }
        if (metadata.getBytes(StandardCharsets.UTF_8).length > MAX_METADATA_BYTES) {
            throw ApiException.badRequest("metadata must not be larger than " + MAX_METADATA_BYTES + " bytes");
        }
    }

    /// Metadata is the customer's own business: it never reaches a log.
    @Override
    public String toString() {
        return "TokenContent[" + validFrom + ".." + validThrough + "]";
    }
}
