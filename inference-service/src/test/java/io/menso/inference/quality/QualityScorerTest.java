package io.menso.inference.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.menso.inference.align.Similarity;
import io.menso.inference.detect.Box;
import io.menso.inference.detect.Face;
import io.menso.inference.detect.Point;
import io.menso.inference.image.Pixels;
import java.util.List;
import org.junit.jupiter.api.Test;

class QualityScorerTest {

    private static final Face FACE = face(3);

    private static Face face(double scale) {
        List<Point> points = Similarity.ARCFACE_112.stream()
                .map(point -> new Point(point.x() * scale, point.y() * scale))
                .toList();
        return new Face(0.9, new Box(0, 0, 112 * scale, 112 * scale), points);
    }

    /// Waves of a length in pixels around a mean.
    private static Pixels waves(double length, int mean, int height) {
        int[] rgb = new int[112 * 112];
        for (int i = 0; i < rgb.length; i++) {
            double wave = Math.sin(2 * Math.PI * (i % 112) / length) * Math.sin(2 * Math.PI * (i / 112) / length);
            rgb[i] = 0x010101 * (int) Math.clamp(mean + height * wave, 0, 255);
        }
        return new Pixels(112, 112, rgb);
    }

    @Test
    void fineDetailIsSharpAndCoarseIsNot() {
        assertThat(QualityScorer.measure(waves(8, 128, 90), FACE).score()).isGreaterThan(0.9);
        assertThat(QualityScorer.measure(waves(60, 128, 90), FACE).score()).isLessThan(0.05);
    }

    @Test
    void darkAndGlaringFacesAreBad() {
        assertThat(QualityScorer.measure(waves(8, 12, 10), FACE).score()).isLessThan(0.05);
        assertThat(QualityScorer.measure(waves(8, 250, 20), FACE).score()).isLessThan(0.2);
        assertThat(QualityScorer.measure(waves(8, 12, 10), FACE).brightness()).isCloseTo(0.05, within(0.02));
    }

    @Test
    void smallFacesAreWorse() {
        Pixels sharp = waves(8, 128, 90);

        assertThat(QualityScorer.measure(sharp, face(0.6)).score())
                .isLessThan(QualityScorer.measure(sharp, face(1)).score());
        assertThat(QualityScorer.measure(sharp, face(0.3)).score()).isZero();
    }

    @Test
    void aPlainCropIsNoFace() {
        Quality quality = QualityScorer.measure(waves(8, 128, 0), FACE);

        assertThat(quality.score()).isZero();
        assertThat(quality.contrast()).isCloseTo(0, within(1e-9));
    }

    @Test
    void readsThePoseFromThePoints() {
        assertThat(Math.abs(Pose.of(Similarity.ARCFACE_112).yaw())).isLessThan(6);
        assertThat(Math.abs(Pose.of(Similarity.ARCFACE_112).pitch())).isLessThan(12);
        Similarity turned = new Similarity(Math.cos(0.3), Math.sin(0.3), 5, 9);
        List<Point> points = Similarity.ARCFACE_112.stream().map(turned::apply).toList();
        Pose straight = Pose.of(Similarity.ARCFACE_112);
        Pose rolled = Pose.of(points);
        assertThat(rolled.roll() - straight.roll()).isCloseTo(Math.toDegrees(0.3), within(1e-6));
        assertThat(rolled.yaw()).isCloseTo(straight.yaw(), within(1e-6));
        assertThat(rolled.pitch()).isCloseTo(straight.pitch(), within(1e-6));
        assertThat(withNose(10, 0).yaw()).isGreaterThan(15);
        assertThat(withNose(-10, 0).yaw()).isLessThan(-15);
        assertThat(withNose(0, -8).pitch()).isGreaterThan(withNose(0, 8).pitch());
    }

    private static Pose withNose(double right, double down) {
        List<Point> points = new java.util.ArrayList<>(Similarity.ARCFACE_112);
        Point nose = points.get(2);
        points.set(2, new Point(nose.x() + right, nose.y() + down));
        return Pose.of(points);
    }
}
