package io.menso.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorTest {

    private static final int PERSONS = 400;

    @ParameterizedTest
    @CsvSource({"128, 0.05, 0.116", "512, 0.0, 0.055", "192, 0.0, 0.093"})
    void impostorsAreAsSimilarAsTheModelsAre(int dimension, double mean, double sigma) {
        float[][] persons = persons(Generator.structured(dimension, 7), 0);

        double[] cosines = IntStream.range(0, PERSONS)
                .boxed()
                .flatMapToDouble(one -> IntStream.range(one + 1, PERSONS)
                        .mapToDouble(other -> Kernels.exactDot(persons[one], persons[other])))
                .toArray();

        assertThat(average(cosines)).isCloseTo(mean, within(0.01));
        assertThat(deviation(cosines)).isCloseTo(sigma, within(0.004));
    }

    @ParameterizedTest
    @CsvSource({"128, 0.57, 0.14", "512, 0.70, 0.09"})
    void picturesOfAPersonAreAsSimilarAsTheModelsAre(int dimension, double mean, double sigma) {
        Generator generator = Generator.structured(dimension, 7);
        float[][] one = persons(generator, 0);
        float[][] other = persons(generator, 1);

        double[] cosines = IntStream.range(0, PERSONS)
                .mapToDouble(person -> Kernels.exactDot(one[person], other[person]))
                .toArray();

        assertThat(average(cosines)).isCloseTo(mean, within(0.025));
        assertThat(deviation(cosines)).isCloseTo(sigma, within(0.02));
    }

    @Test
    void plainVectorsHaveNoStructure() {
        float[][] vectors = persons(Generator.plain(128, 7), 0);

        double[] cosines = IntStream.range(1, PERSONS)
                .mapToDouble(other -> Kernels.exactDot(vectors[0], vectors[other]))
                .toArray();

        assertThat(average(cosines)).isCloseTo(0, within(0.02));
        assertThat(deviation(cosines)).isCloseTo(1 / Math.sqrt(128), within(0.012));
    }

    @Test
    void vectorsHaveUnitLength() {
        float[] vector = Generator.structured(320, 1).template(3, 4);

        assertThat(Kernels.exactDot(vector, vector)).isCloseTo(1, within(1e-6));
    }

    @Test
    void theSeedDecidesEverything() {
        assertThat(Generator.structured(64, 5).template(1, 2))
                .isEqualTo(Generator.structured(64, 5).template(1, 2))
                .isNotEqualTo(Generator.structured(64, 6).template(1, 2));
    }

    private static float[][] persons(Generator generator, int picture) {
        return IntStream.range(0, PERSONS)
                .mapToObj(person -> generator.template(person, 2L * person + picture))
                .toArray(float[][]::new);
    }

    private static double average(double[] values) {
        return DoubleStream.of(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = average(values);
        return Math.sqrt(DoubleStream.of(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }
}
