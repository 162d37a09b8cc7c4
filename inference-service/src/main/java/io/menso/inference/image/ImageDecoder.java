package io.menso.inference.image;

import io.menso.commons.web.ApiException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Function;
import javax.imageio.ImageIO;

/// Decodes attached images: the content decides, the header is judged before any pixel (decisions B3, B4, B12, D10).
@ApplicationScoped
public class ImageDecoder {

    private static final int MAX_SIDE = 65_535;
    private static final int BYTES_PER_KEPT_PIXEL = 8;
    private static final int WAVELET_BYTES = 12;

    private final ImageConfig config;
    private final MemoryBudget budget;

    @Inject
    public ImageDecoder(ImageConfig config) {
        this.config = config;
        this.budget = new MemoryBudget(config.memory());
        ImageIO.setUseCache(false);
    }

    /// Decodes an image and gives it to a task while its memory is accounted for.
    ///
    /// @param content     the file
    /// @param contentType its part's `Content-Type`, empty when it has none
    /// @param task        what to do with the picture; it must not keep it
    /// @throws ApiException 413 or 400 `BAD_CONTENT`, or 503 when memory stays short
    public <T> T decode(byte[] content, String contentType, Function<Picture, T> task) {
        ImageHeader header = inspect(content, contentType);
        int every = subsampling(header);
        try (MemoryBudget.Share _ = budget.take(memory(header, every), config.timeout())) {
            return task.apply(picture(header, every));
        }
    }

    /// The format of an image, judged by content and declared type, without decoding it.
    public ImageFormat format(byte[] content, String contentType) {
        if (content.length > config.maxBytes()) {
            throw ApiException.tooLarge("An image is larger than " + config.maxBytes() + " bytes");
        }
        if (content.length == 0) {
            throw ApiException.badContent("An image is empty");
        }
        ImageFormat format = ImageFormat.sniff(content)
                .orElseThrow(() -> ApiException.badContent("An image is neither JPEG, PNG nor JPEG 2000"));
        if (!format.agreesWith(contentType)) {
            throw ApiException.badContent("An image is " + format.label() + ", not what its part's Content-Type says");
        }
        return format;
    }

    private ImageHeader inspect(byte[] content, String contentType) {
        ImageHeader header = switch (format(content, contentType)) {
            case JPEG -> new JpegHeaderReader(content).read();
            case PNG -> new PngHeaderReader(content).read();
            case JPEG2000 -> new Jpeg2000HeaderReader(content).read();
        };
        if (header.width() < 1 || header.height() < 1) {
            throw ApiException.badContent("An image has no size");
        }
        if (header.pixels() > config.maxPixels() || header.width() > MAX_SIDE || header.height() > MAX_SIDE) {
            throw ApiException.badContent("An image has more than " + config.maxPixels() + " pixels");
        }
        return header;
    }

    private int subsampling(ImageHeader header) {
        double ratio = (double) header.pixels() / config.workingPixels();
        int every = (int) Math.max(1, Math.ceil(Math.sqrt(ratio)));
        every = Math.min(every, Math.min(header.width(), header.height()));
        if (header.format() != ImageFormat.JPEG2000 || every == 1) {
            return every;
        }
        int halvings = Math.min(header.levels(), 32 - Integer.numberOfLeadingZeros(every - 1));
        return 1 << halvings;
    }

    private long memory(ImageHeader header, int every) {
        long kept = header.pixels() / every / every;
        if (header.format() != ImageFormat.JPEG2000) {
            return kept * BYTES_PER_KEPT_PIXEL + header.fixedBytes();
        }
        long tile = header.fixedBytes() / every / every;
        long needed = kept * BYTES_PER_KEPT_PIXEL + tile * header.components() * WAVELET_BYTES;
        if (needed > config.memory() && kept > config.workingPixels()) {
            throw ApiException.badContent("A JPEG 2000 image of this size needs more resolution levels");
        }
        return needed;
    }

    private Picture picture(ImageHeader header, int every) {
        Pixels pixels = ExifOrientation.apply(RasterReader.read(header, every, config.timeout()), header.orientation());
        boolean turned = header.orientation() >= 5;
        return new Picture(
                turned ? header.height() : header.width(), turned ? header.width() : header.height(), pixels);
    }
}
