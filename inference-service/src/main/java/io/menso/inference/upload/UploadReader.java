package io.menso.inference.upload;

import io.menso.commons.web.ApiException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Collects the parts named `file`, in order (decision D9); other parts are read and forgotten.
final class UploadReader {

    private static final int MAX_PARTS = 256;
    private static final Set<String> PLAIN_ENCODINGS = Set.of("7bit", "8bit", "binary");

    private final MultipartReader reader;
    private final UploadConfig config;
    private final int maxImageBytes;
    private final Reservation reservation;
    private final List<UploadedImage> images = new ArrayList<>();

    UploadReader(InputStream body, String boundary, UploadConfig config, int maxImageBytes, Reservation reservation) {
        this.reader = new MultipartReader(new BoundedBody(body, config.maxBytes(), config.timeout()), boundary);
        this.config = config;
        this.maxImageBytes = maxImageBytes;
        this.reservation = reservation;
    }

    List<UploadedImage> read() throws IOException {
        boolean more = reader.begin();
        for (int parts = 0; more; parts++) {
            if (parts == MAX_PARTS) {
                throw ApiException.tooLarge("The request has more than " + MAX_PARTS + " parts");
            }
            more = part(reader.headers());
        }
        reader.finish();
        if (images.isEmpty()) {
            throw ApiException.badRequest("The request has no part named file");
        }
        return images;
    }

    private boolean part(Map<String, String> headers) throws IOException {
        String disposition = headers.getOrDefault("content-disposition", "");
        int parameters = disposition.indexOf(';');
        if (parameters < 0 || !disposition.substring(0, parameters).strip().equalsIgnoreCase("form-data")) {
            throw ApiException.badRequest("A part has no Content-Disposition form-data with a name");
        }
        Map<String, String> names = HeaderParameters.of(disposition.substring(parameters));
        if (!"file".equals(names.get("name"))) {
            return reader.content((_, _, _) -> {});
        }
        requirePlain(headers.getOrDefault("content-transfer-encoding", "binary"));
        return image(names.getOrDefault("filename", ""), headers.getOrDefault("content-type", ""));
    }

    private static void requirePlain(String encoding) {
        if (!PLAIN_ENCODINGS.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw ApiException.badRequest("Content-Transfer-Encoding of a part must be binary");
        }
    }

    private boolean image(String filename, String contentType) throws IOException {
        if (images.size() == config.maxImages()) {
            throw ApiException.tooLarge("The request has more than " + config.maxImages() + " images");
        }
        ImageBuffer content = new ImageBuffer();
        boolean more = reader.content((bytes, offset, length) -> {
            if (content.size() + length > maxImageBytes) {
                throw ApiException.tooLarge("An image is larger than " + maxImageBytes + " bytes");
            }
            reservation.grow(length);
            content.write(bytes, offset, length);
        });
        images.add(new UploadedImage(filename, contentType, content.take()));
        return more;
    }
}
