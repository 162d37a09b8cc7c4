package io.menso.local.models.faceapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.local.models.weights.NamedTensors;
import io.menso.local.models.weights.WeightsException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardsTest {

    private static final String MANIFEST = """
            [{"weights":[
             {"name":"a","shape":[2,1],"dtype":"float32"},
             {"name":"b","shape":[3],"dtype":"float32","quantization":{"dtype":"uint8","scale":0.5,"min":-1.5}}
            ],"paths":["x.bin"]}]
            """;
    private static final byte[] NUMBERS = ByteBuffer.allocate(11)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(1.25f)
            .putFloat(-2)
            .put(new byte[] {0, 3, (byte) 255})
            .array();

    @Test
    void tensorsAreReadInTheirOrder() throws WeightsException {
        NamedTensors tensors = Shards.read(MANIFEST.getBytes(UTF_8), NUMBERS);

        assertThat(tensors.names()).containsExactly("a", "b");
        assertThat(tensors.take("a", 2, 1).values()).containsExactly(1.25f, -2);
        assertThat(tensors.take("b", 3).values()).containsExactly(-1.5f, 0, 126);
    }

    @ParameterizedTest(name = "{1} instead of {0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            [2,1]            | [2,2]               | needs 4 numbers, but 11 bytes are left
            [2,1]            | [1,1]               | bytes stand behind
            [2,1]            | [2147483647]        | needs 2147483647 numbers
            [2,1]            | [65536,65536,65536] | needs 2147483647 numbers
            [2,1]            | [0,2]               | impossible shape
            [2,1]            | [-2,-1]             | impossible shape
            [2,1]            | [1.5]               | impossible shape
            [2,1]            | [1,1,1,1,2]         | impossible shape
            [2,1]            | 2                   | lacks the list shape
            "shape":[3]      | "shape":[4]         | b needs 4 numbers, but 3 bytes are left
            "float32"        | "int32"             | other numbers than float32
            "uint8"          | "uint16"            | unknown way
            "scale":0.5      | "scale":"0.5"       | unknown way
            "scale":0.5      | "scale":1e300       | what is no number
            "min":-1.5       | "max":-1.5          | unknown way
            "name":"b"       | "name":"a"          | names a twice
            "name":"b"       | "nom":"b"           | lacks name
            "weights"        | "heights"           | lacks the list weights
            [{"weights"      | {"weights"          | no JSON
            }]               | }                   | no JSON
            """)
    void wrongManifestIsRefused(String before, String after, String said) {
        assertThat(MANIFEST).contains(before);

        assertThatThrownBy(() -> Shards.read(MANIFEST.replace(before, after).getBytes(UTF_8), NUMBERS))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "42", "null"})
    void manifestThatIsNoListIsRefused(String manifest) {
        assertThatThrownBy(() -> Shards.read(manifest.getBytes(UTF_8), NUMBERS)).hasMessage("the manifest is no list");
    }

    @Test
    void numbersThatAreNoneAreRefused() {
        byte[] numbers = NUMBERS.clone();
        ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN).putFloat(Float.NaN);

        assertThatThrownBy(() -> Shards.read(MANIFEST.getBytes(UTF_8), numbers)).hasMessageContaining("no number");
    }

    @Test
    void endlessManifestIsRefused() {
        byte[] manifest = " ".repeat(2_000_000).getBytes(UTF_8);

        assertThatThrownBy(() -> Shards.read(manifest, NUMBERS)).hasMessageContaining("longer than");
    }

    @Test
    void manifestCutOrChangedAnywhereIsReadOrRefusedButNothingElse() {
        byte[] manifest = MANIFEST.strip().getBytes(UTF_8);
        for (int i = 0; i < manifest.length; i++) {
            assertReadOrRefused(Arrays.copyOf(manifest, i));
            for (int value = 0; value < 256; value++) {
                byte[] changed = manifest.clone();
                changed[i] = (byte) value;
                assertReadOrRefused(changed);
            }
        }
    }

    private static void assertReadOrRefused(byte[] manifest) {
        assertThatCode(() -> {
                    try {
                        assertThat(Shards.read(manifest, NUMBERS)).isNotNull();
                    } catch (WeightsException e) {
                        assertThat(e).hasMessageMatching("(?s).+");
                    }
                })
                .doesNotThrowAnyException();
    }
}
