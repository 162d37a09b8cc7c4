package io.menso.inference.image;

import com.github.jaiimageio.jpeg2000.J2KImageReadParam;
import com.github.jaiimageio.jpeg2000.impl.J2KImageReaderSpi;
import io.menso.commons.web.ApiException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Drives the format's reader over checked content: subsampled, in memory, and stopped at the deadline.
final class RasterReader {

    private static final J2KImageReaderSpi JPEG2000 = new J2KImageReaderSpi();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RasterReader() {}

    /// @param every keep every n-th pixel and row
    /// @return the raster, upright only after [ExifOrientation] was applied
    /// @throws ApiException 400 when the content cannot be decoded in time
    static Pixels read(ImageHeader header, int every, Duration limit) {
        ImageReader reader = readerFor(header.format());
        Watch watch = new Watch(reader, limit.toNanos());
        try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(header.content()))) {
            reader.addIIOReadProgressListener(watch);
            reader.addIIOReadWarningListener((_, warning) -> watch.warn(warning));
            reader.setInput(input, true, true);
            Pixels pixels = decode(reader, header, every);
            if (watch.failed()) {
                throw ByteCursor.truncated();
            }
            return pixels;
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw watch.late() ? ApiException.badContent("The image takes too long to decode") : ByteCursor.truncated();
        } finally {
            reader.dispose();
        }
    }

    private static Pixels decode(ImageReader reader, ImageHeader header, int every) throws IOException {
        ImageReadParam parameters = reader.getDefaultReadParam();
        if (parameters instanceof J2KImageReadParam wavelets) {
            int halvings = Integer.numberOfTrailingZeros(Integer.highestOneBit(every));
            wavelets.setResolution(header.levels() - halvings);
        } else {
            parameters.setSourceSubsampling(every, every, 0, 0);
        }
        if (header.format() == ImageFormat.JPEG && header.components() == 4) {
            return PixelConverter.fromInks(reader.readRaster(0, parameters), header.inkInverted(), header.luminance());
        }
        return PixelConverter.convert(reader.read(0, parameters));
    }

    private static ImageReader readerFor(ImageFormat format) {
        try {
            return switch (format) {
                case JPEG -> ImageIO.getImageReadersByFormatName("jpeg").next();
                case PNG -> ImageIO.getImageReadersByFormatName("png").next();
                case JPEG2000 -> JPEG2000.createReaderInstance(null);
            };
        } catch (IOException e) {
            throw new IllegalStateException("no reader for " + format, e);
        }
    }

    /// Aborts a reader that is past its deadline, and remembers complaints that mean lost data.
    ///
    /// The deadline is in time of this thread on a processor: what is slow only because the machine is busy is no
    /// bad picture.
    private static final class Watch implements IIOReadProgressListener {

        private final ImageReader reader;
        private final long deadline;
        private boolean failed;

        private Watch(ImageReader reader, long nanos) {
            this.reader = reader;
            this.deadline = THREADS.getCurrentThreadCpuTime() + nanos;
        }

        private void warn(String warning) {
            failed |= warning.contains("remature end") || warning.contains("Corrupt JPEG data: bad");
        }

        private boolean failed() {
            return failed || late();
        }

        private boolean late() {
            return THREADS.getCurrentThreadCpuTime() > deadline;
        }

        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            if (late()) {
                reader.abort();
            }
        }

        @Override
        public void imageComplete(ImageReader source) {}

        @Override
        public void imageStarted(ImageReader source, int imageIndex) {}

        @Override
        public void readAborted(ImageReader source) {
            failed = true;
        }

        @Override
        public void sequenceComplete(ImageReader source) {}

        @Override
        public void sequenceStarted(ImageReader source, int minIndex) {}

        @Override
        public void thumbnailComplete(ImageReader source) {}

        @Override
        public void thumbnailProgress(ImageReader source, float percentageDone) {}

        @Override
        public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}
    }
}
