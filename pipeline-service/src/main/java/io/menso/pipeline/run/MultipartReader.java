package io.menso.pipeline.run;

import io.menso.commons.web.ApiException;
import io.menso.pipeline.calls.Image;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Collects the parts named `file` of a `multipart/form-data` body, in order and in memory (decision D9).
final class MultipartReader implements MultipartParser.Parts {

    private static final String PART = "file";
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final Pattern FORM = Pattern.compile(
            "(?i)\\s*multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s\";]{1,70})).*");
    private static final Pattern DISPOSITION = Pattern.compile("(?im)^content-disposition:\\s*form-data(;.*)$");
    private static final Pattern TYPE = Pattern.compile("(?im)^content-type:\\s*(\\S[^\\r\\n]*?)\\s*$");
    private static final Pattern NAME = parameter("name");
    private static final Pattern FILE_NAME = parameter("filename");

    private final UploadConfig config;
    private final UploadMemory.Reservation memory;
    private final MultipartParser parser;
    private final List<Image> images = new ArrayList<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private @Nullable String headers;
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

    private static Pattern parameter(String name) {
        return Pattern.compile("(?i);\\s*" + name + "=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s;]+))");
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
        Matcher disposition = DISPOSITION.matcher(lines);
        if (!disposition.find()) {
            throw ApiException.badRequest("A part has no Content-Disposition form-data with a name");
        }
        boolean wanted = find(NAME, disposition.group(1)).filter(PART::equals).isPresent();
        if (wanted && images.size() == config.images()) {
            throw ApiException.tooLarge("A request holds at most " + config.images() + " images");
        }
        headers = wanted ? lines : null;
        content.reset();
    }

    @Override
    public void content(byte[] bytes, int offset, int length) {
        if (headers == null) {
            return;
        }
        if (content.size() + length > config.imageBytes()) {
            throw ApiException.tooLarge("One image is larger than " + config.imageBytes() + " bytes");
        }
        content.write(bytes, offset, length);
    }

    @Override
    public void end() {
        if (headers == null) {
            return;
        }
        Matcher disposition = DISPOSITION.matcher(headers);
        String name = disposition.find() ? find(FILE_NAME, disposition.group(1)).orElse(PART) : PART;
        Matcher type = TYPE.matcher(headers);
        images.add(new Image(name, type.find() ? type.group(1) : UNKNOWN_TYPE, content.toByteArray()));
    }

    private static Optional<String> find(Pattern parameter, String disposition) {
        Matcher found = parameter.matcher(disposition);
        if (!found.find()) {
            return Optional.empty();
        }
        String quoted = found.group(1);
        return Optional.of(quoted == null ? found.group(2) : quoted.replaceAll("\\\\(.)", "$1"));
    }
}
