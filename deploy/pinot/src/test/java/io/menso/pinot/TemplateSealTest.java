package io.menso.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateSealTest {

    private static final TemplateId ID = new TemplateId("acme/production", "u1", "abc1234", 7);
    private static final float[] VECTOR = {0.25f, -1.5f, 3.0e-7f, Float.MIN_VALUE};

    private final TemplateSeal seal = new TemplateSeal(Vectors.key(1));

    @Test
    void whatWasSealedOpensToTheSameNumbers() {
        // When
        byte[] sealed = seal.seal(ID, VECTOR);

        // Then
        assertThat(sealed).hasSize(12 + 4 * VECTOR.length + 16);
        assertThat(seal.open(ID, sealed)).isEqualTo(VECTOR);
    }

    @Test
    void theSameVectorNeverLooksTheSame() {
        // When
        byte[] first = seal.seal(ID, VECTOR);
        byte[] second = seal.seal(ID, VECTOR);

        // Then
        assertThat(first).isNotEqualTo(second);
    }

    static Stream<TemplateId> otherRows() {
        return Stream.of(
                new TemplateId("acme/staging", "u1", "abc1234", 7),
                new TemplateId("acme/production", "u2", "abc1234", 7),
                new TemplateId("acme/production", "u1", "abc1235", 7),
                new TemplateId("acme/production", "u1", "abc1234", 8));
    }

    @ParameterizedTest
    @MethodSource("otherRows")
    void opensInNoOtherRow(TemplateId other) {
        // Given
        byte[] sealed = seal.seal(ID, VECTOR);

        // When // Then
        assertThatThrownBy(() -> seal.open(other, sealed)).isInstanceOf(SealException.class);
    }

    @Test
    void opensWithNoOtherKey() {
        // Given
        byte[] sealed = seal.seal(ID, VECTOR);

        // When // Then
        assertThatThrownBy(() -> new TemplateSeal(Vectors.key(2)).open(ID, sealed))
                .isInstanceOf(SealException.class);
    }

    @Test
    void aFlippedBitAnywhereIsNoticed() {
        // Given
        byte[] sealed = seal.seal(ID, VECTOR);

        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            // When
            byte[] changed = sealed.clone();
            changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

            // Then
            assertThatThrownBy(() -> seal.open(ID, changed)).isInstanceOf(SealException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 28, 31, 33})
    void bytesOfAnImpossibleSizeAreRefused(int size) {
        assertThatThrownBy(() -> seal.open(ID, new byte[size]))
                .isInstanceOf(SealException.class)
                .hasMessage(size + " bytes are no sealed vector");
    }

    @Test
    void anEmptyVectorIsRefused() {
        assertThatThrownBy(() -> seal.seal(ID, new float[0])).isInstanceOf(SealException.class);
    }

    @Test
    void aQueryOpensForItsTenantAlone() {
        // When
        byte[] sealed = seal.sealQuery("acme/production", VECTOR);

        // Then
        assertThat(seal.openQuery("acme/production", sealed)).isEqualTo(VECTOR);
        assertThatThrownBy(() -> seal.openQuery("acme/staging", sealed)).isInstanceOf(SealException.class);
        assertThatThrownBy(() -> seal.open(ID, sealed)).isInstanceOf(SealException.class);
    }

    @Test
    void theKeyIsReadFromItsFile(@TempDir Path folder) throws IOException {
        // Given
        Path file = folder.resolve("key");
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) 1);
        Files.writeString(file, Base64.getEncoder().encodeToString(bytes) + "\n");

        // When
        PinotKey key = PinotKey.ofFile(file);

        // Then
        assertThat(new TemplateSeal(key).open(ID, seal.seal(ID, VECTOR))).isEqualTo(VECTOR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c2hvcnQ=", "no Base64!"})
    void aKeyFileWithAnythingElseIsRefused(String text, @TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("key"), text);

        // When // Then
        assertThatThrownBy(() -> PinotKey.ofFile(file))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("32 bytes in Base64")
                .hasMessageContaining(file.toString());
    }

    @Test
    void aMessageNeverTellsTheVector() {
        // Given
        byte[] sealed = seal.seal(ID, new float[] {0.123456f});

        // When // Then
        assertThatThrownBy(() -> seal.open(new TemplateId("a/staging", "u", "r", 1), sealed))
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("0.123456"));
    }

    /// Keys and vectors for tests.
    static final class Vectors {

        private Vectors() {}

        static PinotKey key(int fill) {
            byte[] bytes = new byte[PinotKey.BYTES];
            Arrays.fill(bytes, (byte) fill);
            return new PinotKey(bytes);
        }

        static float[] unit(Random random, int dimension) {
            float[] vector = new float[dimension];
            double squares = 0;
            for (int i = 0; i < dimension; i++) {
                vector[i] = (float) random.nextGaussian();
                squares += (double) vector[i] * vector[i];
            }
            for (int i = 0; i < dimension; i++) {
                vector[i] /= (float) Math.sqrt(squares);
            }
            return vector;
        }
    }
}
