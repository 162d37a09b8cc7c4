package io.menso.local.models.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.menso.local.models.weights.NamedTensors;
import io.menso.local.models.weights.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LegacyFileTest {

    @Test
    void tensorsAreReadWithTheirShapes() throws WeightsException {
        NamedTensors weights = LegacyFile.read(TorchFileWriter.valid());

        assertThat(weights.names()).containsExactly("a", "b.count");
        assertThat(weights.take("a", 2, 3).values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(weights.take("b.count").values()).containsExactly(7);
    }

    @Test
    void absentTensorAndOtherShapeAreNamed() throws WeightsException {
        NamedTensors weights = LegacyFile.read(TorchFileWriter.valid());

        assertThatThrownBy(() -> weights.take("c", 1)).hasMessage("the weights lack c");
        assertThatThrownBy(() -> weights.take("a", 3, 2)).hasMessageContaining("[2, 3] instead of [3, 2]");
    }

    @Test
    void prefixOfParallelTrainingIsLeftOut() throws WeightsException {
        byte[] file = object(w -> w.op("}")
                .text("module.a")
                .floatTensor("0", 1, 0, ints(1), ints(1))
                .op("s"));

        assertThat(LegacyFile.read(file).withoutPrefix("module.").take("a", 1).values())
                .containsExactly(1);
    }

    static Stream<Arguments> hostileFiles() {
        return Stream.of(
                hostile(
                        "a call of the system",
                        w -> w.global("os.system").op("(").text("id").op("tR"),
                        "os.system"),
                hostile(
                        "a call of eval",
                        w -> w.global("builtins.eval").op("(").text("1").op("tR"),
                        "builtins.eval"),
                hostile("an instance by its name", w -> w.op("(ios\nsystem\n"), "instruction 0x69"),
                hostile("a new object", w -> w.op("))\u0081"), "instruction 0x81"),
                hostile("an extension", w -> w.op("\u0082\u0001"), "instruction 0x82"),
                hostile("a call of a text", w -> w.text("f").op(")R"), "no function"),
                hostile(
                        "a call without arguments",
                        w -> w.global("collections.OrderedDict").op("NR"),
                        "tuple"),
                hostile("a text of two gigabytes", w -> w.op("X").int32(Integer.MAX_VALUE), "text of"),
                hostile("a text of negative length", w -> w.op("X").int32(-1), "text of -1"),
                hostile("an unknown memory", w -> w.op("h\u0007"), "recalls"),
                hostile("an empty stack", w -> w.op("a"), "empty stack"),
                hostile("an operand that is a mark", w -> w.op("((R"), "empty stack"),
                hostile("a closing without an opening", w -> w.op("t"), "not opened"),
                hostile("a dictionary in itself", w -> w.op("}q\0").text("a").op("h\0s"), "nested too deeply"),
                hostile("a list as a key", w -> w.op("}]Ns"), "no text"),
                hostile("half a pair", w -> w.op("}(").text("a").op("u"), "pairs"),
                hostile(
                        "an ordered dictionary of something",
                        w -> w.global("collections.OrderedDict")
                                .op("(")
                                .number(5)
                                .op("tR"),
                        "from something"),
                hostile("something else than tensors", w -> w.op("}").text("a").op("Ns"), "else than tensors"),
                hostile(
                        "a reference to something else",
                        w -> w.op("(").text("file").op("tQ"),
                        "else than a storage"),
                hostile(
                        "a tensor without a storage",
                        w -> w.op("}")
                                .text("a")
                                .floatTensor("9", 1, 0, ints(1), ints(1))
                                .op("s"),
                        "has no storage"),
                hostileTensor("a tensor behind its storage", 1, 1, ints(1), ints(1), "larger than"),
                hostileTensor("a tensor before its storage", 1, -1, ints(1), ints(1), "impossible"),
                hostileTensor("a tensor of billions", 1, 0, ints(1 << 30, 1 << 30), ints(1 << 30, 1), "too large"),
                hostileTensor("a tensor of negative size", 1, 0, ints(-1), ints(1), "row by row"),
                hostileTensor("a tensor with gaps", 1, 0, ints(1, 2), ints(4, 2), "row by row"),
                hostileTensor("a tensor with too few strides", 1, 0, ints(1, 1), ints(1), "impossible"),
                hostileTensor("a storage of another size", 2, 0, ints(1), ints(1), "expected 2"),
                hostile("one object too many", w -> w.op("NN"), "more than one object"),
                hostile("another protocol", w -> w.raw(0x80).raw(4), "protocol 4"));
    }

    @ParameterizedTest(name = "{0} is refused")
    @MethodSource
    void hostileFiles(String name, byte[] file, String said) {
        assertThatThrownBy(() -> LegacyFile.read(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining(said);
    }

    @Test
    void manyViewsOfOneStorageAreRefusedBeforeMemoryIsFull() {
        byte[] file = object(
                w -> {
                    w.op("}(");
                    for (int i = 0; i < 200; i++) {
                        w.text("t" + i).floatTensor("0", 30_000, 0, ints(30_000), ints(1));
                    }
                    return w.op("u");
                },
                new float[30_000]);

        assertThatThrownBy(() -> LegacyFile.read(file)).hasMessageContaining("larger than what is stored");
    }

    @Test
    void endlessPickleIsRefused() {
        byte[] file = object(w -> w.op("N".repeat(300_000)));

        assertThatThrownBy(() -> LegacyFile.read(file)).hasMessageContaining("instructions");
    }

    @Test
    void otherFilesAreRefused() {
        byte[] zip = {'P', 'K', 3, 4, 0, 0};

        assertThatThrownBy(() -> LegacyFile.read(zip)).isInstanceOf(WeightsException.class);
        assertThatThrownBy(() -> LegacyFile.read(new byte[0])).isInstanceOf(WeightsException.class);
        assertThatThrownBy(() -> LegacyFile.read(append(TorchFileWriter.valid(), (byte) 0)))
                .hasMessageContaining("goes on");
    }

    @Test
    void fileCutAnywhereIsRefused() {
        byte[] file = TorchFileWriter.valid();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> LegacyFile.read(cut))
                    .as("cut at %d", length)
                    .isInstanceOf(WeightsException.class);
        }
    }

    @Test
    void changedByteIsReadOrRefusedButNothingElse() {
        byte[] file = TorchFileWriter.valid();
        Assertions.assertTimeout(Duration.ofSeconds(30), () -> {
            for (int position = 0; position < file.length; position++) {
                for (int value = 0; value < 256; value++) {
                    byte[] changed = file.clone();
                    changed[position] = (byte) value;
                    assertReadOrRefused(changed);
                }
            }
        });
    }

    @Test
    void realFileChangedInManyPlacesIsReadOrRefusedButNothingElse() throws IOException {
        Path real = Path.of(
                System.getProperty("menso.shared", "../../../shared"),
                "models/minivision-ai__Silent-Face-Anti-Spoofing/2.7_80x80_MiniFASNetV2.pth");
        assumeThat(real)
                .as("the weights of MiniFASNet, which are not part of this repository")
                .exists();
        byte[] file = Files.readAllBytes(real);
        assertThat(LegacyFile.read(file).names()).hasSize(334);
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            byte[] changed = file.clone();
            for (int j = 0; j < 4; j++) {
                changed[random.nextInt(40_000)] = (byte) random.nextInt(256);
            }
            assertReadOrRefused(changed);
        }
    }

    private static void assertReadOrRefused(byte[] file) {
        assertThatCode(() -> {
                    try {
                        assertThat(LegacyFile.read(file)).isNotNull();
                    } catch (WeightsException e) {
                        assertThat(e).hasMessageMatching("(?s).+");
                    }
                })
                .doesNotThrowAnyException();
    }

    private static Arguments hostile(String name, UnaryOperator<TorchFileWriter> object, String said) {
        TorchFileWriter writer = new TorchFileWriter().header().protocol();
        return Arguments.of(name, object.apply(writer).op(".").keys().bytes(), said);
    }

    /// A file with one tensor, which describes storage `0`.
    private static Arguments hostileTensor(
            String name, int elements, int offset, int[] shape, int[] stride, String said) {
        byte[] file = object(w -> w.op("}")
                .text("a")
                .floatTensor("0", elements, offset, shape, stride)
                .op("s"));
        return Arguments.of(name, file, said);
    }

    private static byte[] object(UnaryOperator<TorchFileWriter> object) {
        return object(object, new float[] {1});
    }

    /// A file with one object and one storage, `0`.
    private static byte[] object(UnaryOperator<TorchFileWriter> object, float[] storage) {
        TorchFileWriter writer = new TorchFileWriter().header().protocol();
        return object.apply(writer).op(".").keys("0").floats(storage).bytes();
    }

    private static int[] ints(int... values) {
        return values;
    }

    private static byte[] append(byte[] bytes, byte last) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = last;
        return longer;
    }
}
