package io.menso.inference.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.menso.inference.detect.Box;
import io.menso.inference.detect.Point;
import io.menso.inference.image.Pixels;
import org.junit.jupiter.api.Test;

class SquareCropTest {

    /// Red is x, green is y.
    private final Pixels picture = new Pixels(8, 8, raster());

    private static int[] raster() {
        int[] raster = new int[64];
        for (int i = 0; i < raster.length; i++) {
            raster[i] = i % 8 * 10 << 16 | i / 8 * 10 << 8;
        }
        return raster;
    }

    @Test
    void squareSurroundsTheCentreOfTheBox() {
        assertThat(SquareCrop.around(new Box(10, 20, 30, 40), 1.5)).isEqualTo(new SquareCrop(-5, 10, 60));
    }

    @Test
    void everyPixelIsTakenWhenNothingIsScaled() {
        Pixels crop = new SquareCrop(2, 3, 4).cut(picture, 4);

        assertThat(crop.at(0, 0)).isEqualTo(picture.at(2, 3));
        assertThat(crop.at(3, 3)).isEqualTo(picture.at(5, 6));
    }

    @Test
    void shrinkingTakesTheMean() {
        Pixels crop = new SquareCrop(2, 2, 4).cut(picture, 2);

        // Columns 2 and 3, rows 2 and 3.
        assertThat(crop.at(0, 0)).isEqualTo(25 << 16 | 25 << 8);
    }

    @Test
    void enlargingDrawsStraightLines() {
        Pixels crop = new SquareCrop(2, 2, 4).cut(picture, 8);

        assertThat(crop.at(1, 1) >> 16).isEqualTo(23);
        assertThat(crop.at(2, 1) >> 16).isEqualTo(28);
    }

    @Test
    void edgeGoesOnOutside() {
        Pixels crop = new SquareCrop(-8, 0, 24).cut(picture, 24);

        assertThat(crop.at(0, 4)).isEqualTo(picture.at(0, 4));
        assertThat(crop.at(23, 4)).isEqualTo(picture.at(7, 4));
        assertThat(crop.at(10, 23)).isEqualTo(picture.at(2, 7));
    }

    @Test
    void pointsOfTheSquareHaveTheirPlaceInThePicture() {
        SquareCrop crop = new SquareCrop(-5, 10, 60);

        assertThat(crop.place(0, 0)).isEqualTo(new Point(-5, 10));
        assertThat(crop.place(0.5, 1).distance(new Point(25, 70))).isCloseTo(0, within(1e-9));
    }

    @Test
    void faceWithoutSizeStillHasASquare() {
        assertThat(SquareCrop.around(new Box(3, 3, 0, 0), 1.4).side()).isEqualTo(1);
    }
}
