package io.menso.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import io.menso.inference.Settings;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ImageDecoderTest {

    private final ImageDecoder decoder = new ImageDecoder(Settings.of(ImageConfig.class));

    private Picture decode(byte[] content, String type) {
        return decoder.decode(content, type, Function.identity());
    }

    private void assertRefused(byte[] content, String type, int status) {
        assertThatThrownBy(() -> decode(content, type)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.error()).isEqualTo("BAD_CONTENT");
        });
    }

    private static void assertColours(Pixels pixels, int tolerance) {
        assertColour(pixels.at(pixels.width() / 6, pixels.height() / 4), ImageFiles.RED, tolerance);
        assertColour(pixels.at(pixels.width() * 2 / 3, pixels.height() / 4), ImageFiles.BRIGHT, tolerance);
        assertColour(pixels.at(pixels.width() * 2 / 3, pixels.height() * 3 / 4), ImageFiles.BLUE, tolerance);
    }

    private static void assertColour(int actual, int expected, int tolerance) {
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat(Math.abs((actual >> shift & 0xFF) - (expected >> shift & 0xFF)))
                    .as("%06x instead of %06x", actual, expected)
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    @Test
    @DisplayName("D10: reads JPEG, PNG, JP2 and a bare codestream, told by content")
    void readsAllFormats() throws Exception {
        byte[] jp2 = ImageFiles.jp2(96, 64);
        assertColours(decode(ImageFiles.jpeg(96, 64), "image/jpeg").pixels(), 12);
        assertColours(decode(ImageFiles.png(96, 64), "image/png").pixels(), 0);
        assertColours(decode(jp2, "image/jp2").pixels(), 12);
        assertColours(decode(ImageFiles.codestream(jp2), "image/j2c").pixels(), 12);
    }

    @Test
    void readsEveryKindOfJpeg() throws Exception {
        assertColours(decode(ImageFiles.progressiveJpeg(96, 64), "image/jpeg").pixels(), 12);
        assertColours(decode(ImageFiles.adobeInks(96, 64), "image/jpeg").pixels(), 16);
        byte[] grey = ImageFiles.write("jpeg", greyRamp());
        assertThat(decode(grey, "image/jpeg").pixels().at(128, 4) & 0xFF).isBetween(124, 132);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR
            })
    void readsEveryLayoutOfPng(int type) {
        assertColours(
                decode(ImageFiles.write("png", ImageFiles.picture(90, 60, type)), "image/png")
                        .pixels(),
                0);
    }

    @Test
    void readsPalettesAndDepths() {
        BufferedImage palette = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_INDEXED);
        palette.setRGB(3, 3, 0xFFFF0000);
        BufferedImage mono = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_BINARY);
        mono.setRGB(3, 3, 0xFFFFFFFF);
        assertThat(decode(ImageFiles.write("png", palette), "").pixels().at(3, 3))
                .isEqualTo(0xFF0000);
        assertThat(decode(ImageFiles.write("png", mono), "").pixels().at(3, 3)).isEqualTo(0xFFFFFF);
        assertThat(decode(ImageFiles.write("png", greyRamp()), "").pixels().at(128, 4))
                .isEqualTo(0x808080);
    }

    @Test
    void cutsSixteenBitsToEight() {
        BufferedImage deep = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(1, 1, 0, 0x8123);
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, 1, DataBuffer.TYPE_USHORT);
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, 4, 4, 3, null);
        raster.setPixel(2, 1, new int[] {0x1234, 0x5678, 0x9ABC});
        BufferedImage colour = new BufferedImage(model, raster, false, null);

        assertThat(decode(ImageFiles.write("png", deep), "").pixels().at(1, 1)).isEqualTo(0x818181);
        assertThat(decode(ImageFiles.write("png", colour), "").pixels().at(2, 1))
                .isEqualTo(0x12569A);
    }

    @Test
    void laysTransparencyOnWhite() {
        BufferedImage clear = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
        clear.setRGB(1, 1, 0x80000000);

        Pixels pixels = decode(ImageFiles.write("png", clear), "image/png").pixels();

        assertThat(pixels.at(0, 0)).isEqualTo(0xFFFFFF);
        assertThat(pixels.at(1, 1)).isEqualTo(0x7F7F7F);
    }

    @ParameterizedTest(name = "D10: orientation {0}")
    @CsvSource({"1,96,64", "2,96,64", "3,96,64", "4,96,64", "5,64,96", "6,64,96", "7,64,96", "8,64,96"})
    void appliesOrientation(int orientation, int width, int height) {
        byte[] upright = ImageFiles.jpeg(96, 64);

        Picture picture = decode(ImageFiles.withOrientation(upright, orientation), "image/jpeg");

        assertThat(picture.width()).isEqualTo(width);
        assertThat(picture.height()).isEqualTo(height);
        // Where the red third of the stored picture must be seen, by the definition of the tag.
        int[] red = switch (orientation) {
            case 1, 4 -> new int[] {width / 6, height / 2};
            case 2, 3 -> new int[] {width * 5 / 6, height / 2};
            case 5, 6 -> new int[] {width / 2, height / 6};
            default -> new int[] {width / 2, height * 5 / 6};
        };
        assertColour(picture.pixels().at(red[0], red[1]), ImageFiles.RED, 16);
        int[] bright = switch (orientation) {
            case 1 -> new int[] {width * 2 / 3, height / 4};
            case 2 -> new int[] {width / 3, height / 4};
            case 3 -> new int[] {width / 3, height * 3 / 4};
            case 4 -> new int[] {width * 2 / 3, height * 3 / 4};
            case 5 -> new int[] {width / 4, height * 2 / 3};
            case 6 -> new int[] {width * 3 / 4, height * 2 / 3};
            case 7 -> new int[] {width * 3 / 4, height / 3};
            default -> new int[] {width / 4, height / 3};
        };
        assertColour(picture.pixels().at(bright[0], bright[1]), ImageFiles.BRIGHT, 16);
    }

    @Test
    @DisplayName("B12: damaged EXIF in a good picture is ignored")
    void ignoresDamagedExif() {
        byte[] jpeg = ImageFiles.jpeg(48, 32);
        byte[] garbage = "Exif\0\0MM\0*\0\0\377\377 nonsense".getBytes(StandardCharsets.ISO_8859_1);
        byte[] short_ = "Exif\0\0I".getBytes(StandardCharsets.ISO_8859_1);
        byte[] profile = "ICC_PROFILE\0\1\1 no profile at all".getBytes(StandardCharsets.ISO_8859_1);

        assertColours(
                decode(ImageFiles.withSegment(jpeg, 0xE1, garbage), "image/jpeg")
                        .pixels(),
                12);
        assertColours(
                decode(ImageFiles.withSegment(jpeg, 0xE1, short_), "image/jpeg").pixels(), 12);
        assertColours(
                decode(ImageFiles.withSegment(jpeg, 0xE2, profile), "image/jpeg")
                        .pixels(),
                12);
        assertThat(decode(ImageFiles.withOrientation(jpeg, 99), "image/jpeg").width())
                .isEqualTo(48);
    }

    @Test
    @DisplayName("B3: empty, unknown and mislabelled content is 400, too many bytes are 413")
    void refusesWhatIsNoImage() {
        assertRefused(new byte[0], "image/jpeg", 400);
        assertRefused("GIF89a and more".getBytes(StandardCharsets.US_ASCII), "image/gif", 400);
        assertRefused(ImageFiles.png(8, 8), "image/jpeg", 400);
        assertRefused(ImageFiles.jpeg(8, 8), "image/jp2", 400);
        assertRefused(ImageFiles.jpeg(8, 8), "text/plain", 400);
        assertRefused(Arrays.copyOf(ImageFiles.jpeg(8, 8), 10_485_761), "image/jpeg", 413);
    }

    @Test
    @DisplayName("B3: ten binary megabytes exactly are accepted")
    void acceptsTheLimit() {
        byte[] padded = Arrays.copyOf(ImageFiles.jpeg(24, 24), 10_485_760);

        assertThat(decode(padded, "image/jpg").width()).isEqualTo(24);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/octet-stream", "image/jpeg; charset=binary", " IMAGE/JPG "})
    void acceptsTypesThatDoNotContradict(String type) {
        assertThat(decode(ImageFiles.jpeg(24, 16), type).width()).isEqualTo(24);
    }

    @Test
    @DisplayName("B3: truncated files are 400, wherever they end")
    void refusesTruncated() throws Exception {
        byte[][] files = {
            ImageFiles.jpeg(96, 64),
            ImageFiles.progressiveJpeg(96, 64),
            ImageFiles.png(96, 64),
            ImageFiles.jp2(96, 64),
            ImageFiles.codestream(ImageFiles.jp2(96, 64))
        };
        for (byte[] file : files) {
            for (int percent = 5; percent < 100; percent += 5) {
                assertRefused(Arrays.copyOf(file, file.length * percent / 100), "", 400);
            }
            assertRefused(Arrays.copyOf(file, file.length - 1), "", 400);
        }
    }

    @Test
    void refusesDataThatEndEarlyInsideAnIntactFile() {
        byte[] jpeg = ImageFiles.jpeg(96, 64);
        byte[] shortScan = Arrays.copyOf(jpeg, jpeg.length - 60);
        shortScan[shortScan.length - 2] = (byte) 0xFF;
        shortScan[shortScan.length - 1] = (byte) 0xD9;
        assertRefused(shortScan, "image/jpeg", 400);
        assertRefused(ImageFiles.pngClaiming(64, 64), "image/png", 400);
    }

    @Test
    void refusesDamagedPng() {
        byte[] png = ImageFiles.png(96, 64);
        png[png.length / 2] ^= 0x55;
        assertRefused(png, "image/png", 400);
    }

    @Test
    @DisplayName("B4: more than 64 megapixels are refused from the header")
    void refusesTooManyPixels() throws Exception {
        assertRefused(ImageFiles.pngClaiming(8001, 8000), "image/png", 400);
        assertRefused(ImageFiles.pngClaiming(0, 10), "image/png", 400);
        assertRefused(ImageFiles.pngClaiming(Integer.MAX_VALUE, Integer.MAX_VALUE), "image/png", 400);
        assertRefused(ImageFiles.pngClaiming(1_000_000, 1), "image/png", 400);
        byte[] jpeg = ImageFiles.jpeg(16, 16);
        ByteBuffer.wrap(jpeg).putShort(frame(jpeg) + 5, (short) 65_000).putShort(frame(jpeg) + 7, (short) 65_000);
        assertRefused(jpeg, "image/jpeg", 400);
        byte[] stream = ImageFiles.codestream(ImageFiles.jp2(64, 64));
        ByteBuffer.wrap(stream).putInt(8, 100_000).putInt(12, 100_000);
        assertRefused(stream, "image/jp2", 400);
    }

    @Test
    void refusesJpeg2000ThatMultipliesWork() throws Exception {
        byte[] good = ImageFiles.codestream(ImageFiles.jp2(64, 64));
        byte[] tiles = good.clone();
        ByteBuffer.wrap(tiles).putInt(24, 1).putInt(28, 1).putInt(8, 4000).putInt(12, 4000);
        byte[] components = good.clone();
        ByteBuffer.wrap(components).putShort(40, (short) 16_384);
        byte[] depth = good.clone();
        depth[42] = 37;
        assertRefused(tiles, "image/jp2", 400);
        assertRefused(components, "image/jp2", 400);
        assertRefused(depth, "image/jp2", 400);
    }

    @Test
    void neverInflatesAncillaryChunks() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes("Comment\0\0".getBytes(StandardCharsets.US_ASCII));
        try (DeflaterOutputStream out = new DeflaterOutputStream(bomb, new Deflater(9))) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 512; i++) {
                out.write(zeros);
            }
        }
        byte[] png = ImageFiles.png(48, 32);
        assertColours(
                decode(ImageFiles.withChunk(png, "zTXt", bomb.toByteArray()), "image/png")
                        .pixels(),
                0);
        assertColours(
                decode(ImageFiles.withChunk(png, "iCCP", bomb.toByteArray()), "image/png")
                        .pixels(),
                0);
    }

    @Test
    void refusesThousandsOfScans() throws Exception {
        byte[] jpeg = ImageFiles.progressiveJpeg(64, 64);
        int scan = lastScan(jpeg);
        byte[] repeated = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < 2000; i++) {
            bomb.writeBytes(repeated);
        }
        bomb.write(0xFF);
        bomb.write(0xD9);
        assertRefused(bomb.toByteArray(), "image/jpeg", 400);
    }

    @Test
    void keepsFewerPixelsOfLargePictures() {
        ImageDecoder frugal = new ImageDecoder(
                Settings.of(ImageConfig.class, Map.of("menso.inference.image.working-pixels", "2000")));
        for (byte[] file : new byte[][] {ImageFiles.jpeg(300, 200), ImageFiles.png(300, 200)}) {
            Picture picture = frugal.decode(file, "", Function.identity());
            assertThat(picture.width()).isEqualTo(300);
            assertThat(picture.step()).isEqualTo(6);
            assertColours(picture.pixels(), 16);
        }
    }

    @Test
    void halvesLargeJpeg2000() throws Exception {
        ImageDecoder frugal = new ImageDecoder(
                Settings.of(ImageConfig.class, Map.of("menso.inference.image.working-pixels", "2000")));

        Picture picture = frugal.decode(ImageFiles.jp2(320, 240), "image/jp2", Function.identity());

        assertThat(picture.width()).isEqualTo(320);
        assertThat(picture.pixels().width()).isEqualTo(40);
        assertThat(picture.pixels().height()).isEqualTo(30);
        assertColours(picture.pixels(), 24);
    }

    @Test
    void stopsAtTheDeadline() {
        ImageDecoder hasty =
                new ImageDecoder(Settings.of(ImageConfig.class, Map.of("menso.inference.image.timeout", "PT0.001S")));
        byte[] large = ImageFiles.png(3000, 2000);
        long start = System.nanoTime();

        assertThatThrownBy(() -> hasty.decode(large, "image/png", Function.identity()))
                .isInstanceOf(ApiException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void survivesRandomDamage() throws Exception {
        byte[][] files = {ImageFiles.jpeg(64, 48), ImageFiles.progressiveJpeg(64, 48), ImageFiles.jp2(64, 48)};
        java.util.Random random = new java.util.Random(7);
        for (byte[] file : files) {
            for (int round = 0; round < 150; round++) {
                byte[] damaged = file.clone();
                for (int i = 0; i < 4; i++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                assertPictureOrRefusal(damaged);
            }
        }
    }

    private void assertPictureOrRefusal(byte[] content) {
        try {
            assertThat(decode(content, "").width()).isPositive();
        } catch (ApiException e) {
            assertThat(e.error()).isEqualTo("BAD_CONTENT");
        }
    }

    private static BufferedImage greyRamp() {
        BufferedImage grey = new BufferedImage(256, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 256; x++) {
            for (int y = 0; y < 8; y++) {
                grey.getRaster().setSample(x, y, 0, x);
            }
        }
        return grey;
    }

    private static int frame(byte[] jpeg) {
        for (int i = 2; i < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
                return i;
            }
        }
        throw new IllegalArgumentException("no frame");
    }

    private static int lastScan(byte[] jpeg) {
        for (int i = jpeg.length - 2; i > 0; i--) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xDA) {
                return i;
            }
        }
        throw new IllegalArgumentException("no scan");
    }
}
