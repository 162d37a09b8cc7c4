package io.menso.matching.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import io.menso.matching.Vectors;
import io.menso.matching.face.Embedding;
import io.menso.matching.remote.EncodedEmbedding;
import java.util.Base64;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingDecoderTest {

    private static void assertRefused(@Nullable EncodedEmbedding encoded) {
        assertThatThrownBy(() -> EmbeddingDecoder.decode(encoded)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.error()).isEqualTo("BAD_REQUEST");
        });
    }

    private static float[] scaled(double length) {
        float[] vector = Vectors.at(0.6, 1);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] * length);
        }
        return vector;
    }

    @Test
    void readsLittleEndianFloats() {
        Embedding embedding = EmbeddingDecoder.decode(Vectors.encoded("r", Vectors.at(0.6, 1)));
        assertThat(embedding.revision()).isEqualTo("r");
        assertThat(embedding.vector()[0]).isCloseTo(0.6f, Offset.offset(1e-6f));
        assertThat(embedding.vector()[1]).isCloseTo(0.8f, Offset.offset(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9991, 1, 1.0009})
    void bringsNearlyUnitLengthToUnitLength(double length) {
        float[] vector =
                EmbeddingDecoder.decode(Vectors.encoded("r", scaled(length))).vector();
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        assertThat(squares).isCloseTo(1, Offset.offset(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.998, 1.002, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesOtherLengths(double length) {
        assertRefused(Vectors.encoded("r", scaled(length)));
    }

    @Test
    void refusesWhatIsMissingOrNoVector() {
        String good = Vectors.base64(Vectors.at(0.6, 1));
        assertRefused(null);
        assertRefused(new EncodedEmbedding(null, good));
        assertRefused(new EncodedEmbedding(" ", good));
        assertRefused(new EncodedEmbedding("r".repeat(65), good));
        assertRefused(new EncodedEmbedding("r", null));
        assertRefused(new EncodedEmbedding("r", ""));
        assertRefused(new EncodedEmbedding("r", "no Base64!"));
        assertRefused(new EncodedEmbedding("r", Base64.getEncoder().encodeToString(new byte[63])));
        assertRefused(new EncodedEmbedding("r", "A".repeat(65_540)));
    }

    @Test
    void isNotInAnyText() {
        EncodedEmbedding encoded = Vectors.encoded("r", Vectors.at(0.6, 1));
        assertThat(encoded.toString()).doesNotContain(String.valueOf(encoded.vector()));
    }
}
