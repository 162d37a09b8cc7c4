package io.menso.inference.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.menso.inference.detect.Point;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimilarityTest {

    private static final Similarity TURNED = new Similarity(1.2, -0.7, 30, -12);

    @Test
    void recoversAnExactSimilarity() {
        List<Point> moved = Similarity.ARCFACE_112.stream().map(TURNED::apply).toList();

        Similarity found = Similarity.between(Similarity.ARCFACE_112, moved);

        assertThat(found.a()).isCloseTo(1.2, within(1e-9));
        assertThat(found.b()).isCloseTo(-0.7, within(1e-9));
        assertThat(found.shiftX()).isCloseTo(30, within(1e-9));
        assertThat(found.shiftY()).isCloseTo(-12, within(1e-9));
    }

    @Test
    void hasAnInverse() {
        Point point = new Point(17, 41);

        Point back = TURNED.inverse().apply(TURNED.apply(point));

        assertThat(back.distance(point)).isLessThan(1e-9);
        assertThat(TURNED.scale() * TURNED.inverse().scale()).isCloseTo(1, within(1e-9));
    }

    @Test
    void isTheBestFitOfNoisyPoints() {
        List<Point> noisy = List.of(
                new Point(100, 100), new Point(203, 98), new Point(150, 162), new Point(112, 221), new Point(191, 219));

        Similarity fit = Similarity.between(noisy, Similarity.ARCFACE_112);

        double best = error(fit, noisy);
        for (double step : new double[] {-0.01, 0.01}) {
            assertThat(error(new Similarity(fit.a() + step, fit.b(), fit.shiftX(), fit.shiftY()), noisy))
                    .isGreaterThan(best);
            assertThat(error(new Similarity(fit.a(), fit.b() + step, fit.shiftX(), fit.shiftY()), noisy))
                    .isGreaterThan(best);
            assertThat(error(new Similarity(fit.a(), fit.b(), fit.shiftX() + step, fit.shiftY()), noisy))
                    .isGreaterThan(best);
        }
    }

    @Test
    void refusesPointsThatCoincide() {
        assertThatThrownBy(() -> Similarity.between(Collections.nCopies(5, new Point(3, 3)), Similarity.ARCFACE_112))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double error(Similarity similarity, List<Point> points) {
        double sum = 0;
        for (int i = 0; i < points.size(); i++) {
            double distance = similarity.apply(points.get(i)).distance(Similarity.ARCFACE_112.get(i));
            sum += distance * distance;
        }
        return sum;
    }
}
