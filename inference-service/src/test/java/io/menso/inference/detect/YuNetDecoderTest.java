package io.menso.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class YuNetDecoderTest {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 32;

    private static List<float[]> silence() {
        List<float[]> outputs = new ArrayList<>();
        for (int values : new int[] {1, 1, 4, 10}) {
            for (int stride : new int[] {8, 16, 32}) {
                outputs.add(new float[WIDTH / stride * (HEIGHT / stride) * values]);
            }
        }
        return outputs;
    }

    private static void say(List<float[]> outputs, int level, int cell, double score, double size) {
        outputs.get(level)[cell] = (float) score;
        outputs.get(3 + level)[cell] = (float) score;
        outputs.get(6 + level)[4 * cell] = 0.5f;
        outputs.get(6 + level)[4 * cell + 1] = 0.25f;
        outputs.get(6 + level)[4 * cell + 2] = (float) Math.log(size);
        outputs.get(6 + level)[4 * cell + 3] = (float) Math.log(2 * size);
        outputs.get(9 + level)[10 * cell] = 1;
        outputs.get(9 + level)[10 * cell + 1] = 2;
    }

    @Test
    void readsBoxAndPointsInUnitsOfTheStride() {
        List<float[]> outputs = silence();
        say(outputs, 1, 5, 0.81, 1.5);

        List<Face> faces = YuNetDecoder.decode(outputs, WIDTH, 0.6);

        // Cell 5 of the 4 x 2 cells of stride 16 is column 1, row 1.
        assertThat(faces).hasSize(1);
        Face face = faces.getFirst();
        assertThat(face.score()).isCloseTo(0.81, within(1e-6));
        assertThat(face.box().width()).isCloseTo(24, within(1e-4));
        assertThat(face.box().height()).isCloseTo(48, within(1e-4));
        assertThat(face.box().x()).isCloseTo(1.5 * 16 - 12, within(1e-4));
        assertThat(face.box().y()).isCloseTo(1.25 * 16 - 24, within(1e-4));
        assertThat(face.landmarks().getFirst()).isEqualTo(new Point(32, 48));
    }

    @Test
    void dropsWhatIsUnsure() {
        List<float[]> outputs = silence();
        say(outputs, 0, 3, 0.59, 1);

        assertThat(YuNetDecoder.decode(outputs, WIDTH, 0.6)).isEmpty();
        assertThat(YuNetDecoder.decode(outputs, WIDTH, 0.58)).hasSize(1);
    }

    @Test
    void keepsTheSurestOfOverlappingFacesAndSortsBySize() {
        List<float[]> outputs = silence();
        say(outputs, 0, 0, 0.9, 2);
        say(outputs, 0, 1, 0.7, 2);
        say(outputs, 2, 1, 0.8, 0.9);

        List<Face> faces = YuNetDecoder.decode(outputs, WIDTH, 0.6);

        assertThat(faces)
                .extracting(Face::score)
                .satisfiesExactly(
                        score -> assertThat(score).isCloseTo(0.8, within(1e-6)),
                        score -> assertThat(score).isCloseTo(0.9, within(1e-6)));
    }
}
