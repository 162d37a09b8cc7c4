package io.menso.inference.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.menso.inference.detect.Box;
import io.menso.inference.detect.Face;
import io.menso.inference.detect.Point;
import io.menso.inference.evaluation.report.DetectorReport.Landmarks;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LandmarkErrorsTest {

    private static final Face FACE = face(0, 0);

    @Test
    void distancesAreSharesOfTheEyeDistance() {
        // Eyes 40 apart; every point 3 right and 4 down is 5 away.
        Landmarks landmarks = LandmarkErrors.between(
                "reference",
                List.of(Optional.of(List.of(FACE)), Optional.of(List.of(FACE))),
                List.of(Optional.of(List.of(face(3, 4))), Optional.of(List.of(FACE, face(300, 0)))));

        assertThat(landmarks.faces()).isEqualTo(2);
        assertThat(landmarks.missed()).isZero();
        assertThat(landmarks.mean()).isCloseTo(5 / 40.0 / 2, within(1e-12));
        assertThat(landmarks.worst()).isCloseTo(5 / 40.0, within(1e-12));
    }

    @Test
    void aFaceElsewhereIsNotTheSame() {
        Landmarks landmarks = LandmarkErrors.between(
                "reference",
                List.of(Optional.of(List.of(FACE)), Optional.of(List.of(FACE)), Optional.empty()),
                List.of(Optional.of(List.of(face(60, 60))), Optional.empty(), Optional.of(List.of(FACE))));

        assertThat(landmarks.faces()).isZero();
        assertThat(landmarks.missed()).isEqualTo(2);
        assertThat(landmarks.mean()).isZero();
    }

    private static Face face(double x, double y) {
        List<Point> points = Stream.of(
                        new Point(30, 40), new Point(70, 40), new Point(50, 60), new Point(35, 80), new Point(65, 80))
                .map(point -> new Point(point.x() + x, point.y() + y))
                .toList();
        return new Face(0.9, new Box(x, y, 100, 120), points);
    }
}
