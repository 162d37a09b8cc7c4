package io.menso.inference.image;

import com.github.jaiimageio.jpeg2000.impl.J2KImageWriterSpi;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Makes image files of every kind: the left third red, the rest blue, and the top half of that bright.
public final class ImageFiles {

    static final int RED = 0xC82020;
    static final int BLUE = 0x2020C8;
    static final int BRIGHT = 0xA0E0F0;

    private ImageFiles() {}

    public static BufferedImage picture(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, 0xFF000000 | colour(x, y, width, height));
            }
        }
        return image;
    }

    static int colour(int x, int y, int width, int height) {
        if (x < width / 3) {
            return RED;
        }
        return y < height / 2 ? BRIGHT : BLUE;
    }

    public static byte[] jpeg(int width, int height) {
        return write("jpeg", picture(width, height, BufferedImage.TYPE_INT_RGB));
    }

    public static byte[] png(int width, int height) {
        return write("png", picture(width, height, BufferedImage.TYPE_INT_RGB));
    }

    public static byte[] write(String format, BufferedImage image) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, format, bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] progressiveJpeg(int width, int height) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        return write(writer, new IIOImage(picture(width, height, BufferedImage.TYPE_INT_RGB), null, null), parameters);
    }

    /// Inks as Adobe writes them: inverted, and with its marker.
    static byte[] adobeInks(int width, int height) throws IOException {
        BufferedImage inks = new BufferedImage(width, height, BufferedImage.TYPE_4BYTE_ABGR);
        WritableRaster raster = inks.getRaster();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = colour(x, y, width, height);
                raster.setPixel(x, y, new int[] {rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF, 255});
            }
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        byte[] plain = write(writer, new IIOImage(raster, null, null), writer.getDefaultWriteParam());
        return withSegment(plain, 0xEE, "Adobe\0d\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
    }

    public static byte[] jp2(int width, int height) throws IOException {
        return write(
                new J2KImageWriterSpi().createWriterInstance(null),
                new IIOImage(picture(width, height, BufferedImage.TYPE_3BYTE_BGR), null, null),
                null);
    }

    /// The codestream inside a JP2 file.
    static byte[] codestream(byte[] jp2) {
        int box = new String(jp2, StandardCharsets.ISO_8859_1).indexOf("jp2c");
        return java.util.Arrays.copyOfRange(jp2, box + 4, jp2.length);
    }

    private static byte[] write(
            ImageWriter writer, IIOImage image, @org.jspecify.annotations.Nullable ImageWriteParam p)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, image, p);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /// Puts an EXIF segment with an orientation after the start of a JPEG.
    public static byte[] withOrientation(byte[] jpeg, int orientation) {
        ByteBuffer tiff = ByteBuffer.allocate(32);
        tiff.put("Exif\0\0MM".getBytes(StandardCharsets.ISO_8859_1));
        tiff.putShort((short) 42).putInt(8).putShort((short) 1);
        tiff.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        return withSegment(jpeg, 0xE1, java.util.Arrays.copyOf(tiff.array(), tiff.position() + 4));
    }

    /// Puts a segment after the start of a JPEG.
    static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + content.length + 4);
        out.put(jpeg, 0, 2).put((byte) 0xFF).put((byte) marker).putShort((short) (content.length + 2));
        out.put(content).put(jpeg, 2, jpeg.length - 2);
        return out.array();
    }

    /// A PNG whose header claims a size that its data do not have.
    static byte[] pngClaiming(int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        out.writeBytes(chunk(
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(width)
                        .putInt(height)
                        .put(new byte[] {8, 2, 0, 0, 0})
                        .array()));
        out.writeBytes(chunk("IDAT", new byte[] {0x78, (byte) 0x9C, 3, 0, 0, 0, 0, 1}));
        out.writeBytes(chunk("IEND", new byte[0]));
        return out.toByteArray();
    }

    /// Puts a chunk after the header of a PNG.
    static byte[] withChunk(byte[] png, String type, byte[] content) {
        byte[] chunk = chunk(type, content);
        ByteBuffer out = ByteBuffer.allocate(png.length + chunk.length);
        return out.put(png, 0, 33).put(chunk).put(png, 33, png.length - 33).array();
    }

    private static byte[] chunk(String type, byte[] content) {
        ByteBuffer out = ByteBuffer.allocate(content.length + 12);
        out.putInt(content.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(content);
        CRC32 crc = new CRC32();
        crc.update(out.array(), 4, content.length + 4);
        return out.putInt((int) crc.getValue()).array();
    }
}
