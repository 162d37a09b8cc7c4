package io.menso.pipeline.run;

import io.menso.commons.web.ApiException;
import io.menso.pipeline.calls.Image;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Collects the parts named `file` of a `multipart/form-data` body, in order and in memory (decision D9).
final class MultipartReader implements MultipartParser.Parts {

    private static final String PART = "file";
    private static final Pattern FORM = Pattern.compile(
            "(?i)\\s*multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s\";]{1,70})).*");

    private final UploadConfig config;
    private final UploadMemory.Reservation memory;
    private final MultipartParser parser;
    private final List<Image> images = new ArrayList<>();
    private final ImageBuffer content = new ImageBuffer();
    private @Nullable PartHeaders image;
    private long received;

    /// @param contentType the request's header
    /// @throws ApiException 400 when it is no multipart form
    MultipartReader(String contentType, UploadConfig config, UploadMemory.Reservation memory) {
        this.config = config;
        this.memory = memory;
        Matcher form = FORM.matcher(contentType);
        if (!form.matches()) {
            throw ApiException.badRequest("Content-Type must be multipart/form-data with a boundary");
        }
        this.parser = new MultipartParser(form.group(1) == null ? form.group(2) : form.group(1), this);
    }

    /// Takes the next piece of the body.
    void accept(Buffer piece) {
        received += piece.length();
        if (received > config.bodyBytes()) {
            throw ApiException.tooLarge("The body is larger than " + config.bodyBytes() + " bytes");
        }
        memory.grow(piece.length());
        parser.accept(piece.getBytes());
    }

    /// The images, once the whole body has arrived.
    List<Image> finish() {
        parser.finish();
        if (images.isEmpty()) {
            throw ApiException.badRequest("At least one part named 'file' is needed");
        }
        return List.copyOf(images);
    }

    @Override
    public void begin(String lines) {
        PartHeaders headers = PartHeaders.of(lines);
        boolean wanted = headers.name().equals(PART);
        if (wanted && images.size() == config.images()) {
            throw ApiException.tooLarge("A request holds at most " + config.images() + " images");
        }
        image = wanted ? headers : null;
        content.clear();
    }

    @Override
    public void content(byte[] bytes, int offset, int length) {
        if (image == null) {
            return;
        }
        if (content.size() + length > config.imageBytes()) {
            throw ApiException.tooLarge("One image is larger than " + config.imageBytes() + " bytes");
        }
        content.write(bytes, offset, length);
    }

    @Override
    public void end() {
        if (image != null) {
            images.add(new Image(image.filename(), image.type(), content.take()));
        }
    }
}
