package io.menso.matching.search;

import io.menso.commons.web.ApiException;
import io.menso.matching.face.Embedding;
import io.menso.matching.remote.EncodedEmbedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Reads embeddings from their text form and makes sure that they can be compared.
public final class EmbeddingDecoder {

    private static final int MAX_REVISION = 64;
    private static final int MAX_TEXT = 65_536;
    private static final double TOLERANCE = 1e-3;

    private EmbeddingDecoder() {}

    /// @return an embedding of unit length to float precision
    /// @throws ApiException 400 when something is missing, is no number, or the length is not 1 within 1e-3
    public static Embedding decode(@Nullable EncodedEmbedding encoded) {
        if (encoded == null) {
            throw ApiException.badRequest("embedding is missing");
        }
        return new Embedding(revision(encoded.revision()), normalise(floats(encoded.vector())));
    }

    private static String revision(@Nullable String revision) {
        if (revision == null || revision.isBlank() || revision.length() > MAX_REVISION) {
            throw ApiException.badRequest("embedding.revision must have 1 to " + MAX_REVISION + " characters");
        }
        return revision;
    }

    private static float[] floats(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_TEXT) {
            throw ApiException.badRequest("embedding.vector is missing or too long");
        }
        byte[] bytes = bytes(text);
        if (bytes.length % Float.BYTES != 0) {
            throw ApiException.badRequest("embedding.vector must hold numbers of 4 bytes");
        }
        float[] numbers = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
        return numbers;
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("embedding.vector must be Base64");
        }
    }

    private static float[] normalise(float[] vector) {
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        double length = Math.sqrt(squares);
        if (!(Math.abs(length - 1) <= TOLERANCE)) {
            throw ApiException.badRequest("embedding.vector must be finite and of unit length");
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }
}
