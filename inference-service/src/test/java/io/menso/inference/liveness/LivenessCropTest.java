package io.menso.inference.liveness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.menso.inference.detect.Box;
import io.menso.inference.image.Pixels;
import org.junit.jupiter.api.Test;

/// Each pixel of the picture tells its own place: red is x, green is y.
class LivenessCropTest {

    private static Pixels places() {
        int[] rgb = new int[200 * 160];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (i % 200) << 16 | (i / 200) << 8;
        }
        return new Pixels(200, 160, rgb);
    }

    private static void assertSpans(Pixels crop, int left, int top, int right, int bottom) {
        int first = crop.at(0, 0);
        int last = crop.at(crop.width() - 1, crop.height() - 1);
        assertThat(first >> 16 & 0xFF).isCloseTo(left, within(2));
        assertThat(first >> 8 & 0xFF).isCloseTo(top, within(2));
        assertThat(last >> 16 & 0xFF).isCloseTo(right, within(2));
        assertThat(last >> 8 & 0xFF).isCloseTo(bottom, within(2));
    }

    @Test
    void surroundsTheFace() {
        assertSpans(LivenessCrop.cut(places(), new Box(90, 70, 20, 20), 2.7, 80), 73, 53, 127, 107);
    }

    @Test
    void movesInsideThePicture() {
        assertSpans(LivenessCrop.cut(places(), new Box(0, 0, 20, 20), 4, 80), 0, 0, 80, 80);
        assertSpans(LivenessCrop.cut(places(), new Box(180, 140, 20, 20), 4, 80), 119, 79, 199, 159);
        assertSpans(LivenessCrop.cut(places(), new Box(-10, -10, 20, 20), 2, 80), 0, 0, 40, 40);
    }

    @Test
    void shrinksWhenThePictureIsTooSmall() {
        assertSpans(LivenessCrop.cut(places(), new Box(50, 20, 100, 120), 4, 80), 33, 0, 166, 159);
        assertSpans(LivenessCrop.cut(places(), new Box(-10, -10, 220, 180), 2.7, 80), 3, 0, 197, 159);
    }

    @Test
    void softmaxIsSafe() {
        assertThat(LivenessScorer.softmax(new float[] {0, 0, 0}, 1)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(LivenessScorer.softmax(new float[] {1000, -1000, 0}, 1)).isZero();
        assertThat(LivenessScorer.softmax(new float[] {0, Float.NaN, 0}, 1)).isZero();
    }
}
