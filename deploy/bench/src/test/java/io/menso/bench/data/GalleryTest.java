package io.menso.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GalleryTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 1_000, 4_097})
    void aFilterHasEachRowOnce(int size) {
        assertThat(new Gallery(size).subset(size))
                .containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
    }

    @Test
    void aSmallerFilterIsPartOfALargerOne() {
        Gallery gallery = new Gallery(1_000);

        assertThat(gallery.subset(100)).startsWith(gallery.subset(10));
    }

    @Test
    void personsHaveOneToFourTemplates() {
        Gallery gallery = new Gallery(1_000);

        Map<Long, Long> templates = IntStream.range(0, 1_000)
                .boxed()
                .collect(Collectors.groupingBy(gallery::person, Collectors.counting()));

        assertThat(templates).hasSize(400);
        assertThat(templates.values()).containsOnly(1L, 2L, 3L, 4L);
    }

    @Test
    void oneTemplateInTwoHundredIsEnrolledTwice() {
        Gallery gallery = new Gallery(2_000);
        Generator generator = Generator.structured(64, 1);

        long different = IntStream.range(0, 2_000)
                .mapToObj(row -> Arrays.hashCode(gallery.template(generator, row)))
                .distinct()
                .count();

        assertThat(different).isEqualTo(1_990);
    }

    @Test
    void aRowIsFoundByItsUser() {
        assertThat(Gallery.row(Gallery.user(123_456))).isEqualTo(123_456);
        assertThat(Gallery.user(1)).isNotEqualTo(Gallery.user(2));
    }
}
