package io.menso.pipeline.run;

import io.menso.commons.web.ApiException;
import io.menso.pipeline.calls.Image;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpData;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.EndOfDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes the images out of a `multipart/form-data` body while it arrives; keeps everything in memory.
final class MultipartReader {

    private static final String PART = "file";
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final UploadConfig config;
    private final UploadMemory.Reservation memory;
    private final HttpPostMultipartRequestDecoder decoder;
    private final List<Image> images = new ArrayList<>();
    private long received;

    /// @param contentType the request's header
    /// @throws ApiException 400 when it is no multipart form
    MultipartReader(String contentType, UploadConfig config, UploadMemory.Reservation memory) {
        this.config = config;
        this.memory = memory;
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
        DefaultHttpDataFactory inMemory = new DefaultHttpDataFactory(false);
        inMemory.setMaxLimit(config.imageBytes());
        try {
            decoder = new HttpPostMultipartRequestDecoder(inMemory, request);
        } catch (ErrorDataDecoderException e) {
            throw ApiException.badRequest("Content-Type must be multipart/form-data with a boundary");
        }
    }

    /// Takes the next piece of the body.
    void accept(Buffer piece) {
        received += piece.length();
        if (received > config.bodyBytes()) {
            throw ApiException.tooLarge("The body is larger than " + config.bodyBytes() + " bytes");
        }
        memory.grow(piece.length());
        decode(() -> decoder.offer(new DefaultHttpContent(Unpooled.wrappedBuffer(piece.getBytes()))));
    }

    /// The images, once the whole body has arrived.
    List<Image> finish() {
        decode(() -> decoder.offer(LastHttpContent.EMPTY_LAST_CONTENT));
        if (decoder.currentPartialHttpData() != null) {
            throw malformed();
        }
        if (images.isEmpty()) {
            throw ApiException.badRequest("At least one part named 'file' is needed");
        }
        return List.copyOf(images);
    }

    void close() {
        decoder.destroy();
    }

    private void decode(Runnable offer) {
        try {
            offer.run();
            while (decoder.hasNext()) {
                take(decoder.next());
            }
        } catch (EndOfDataDecoderException e) {
            // The final boundary has been read; what follows it is ignored.
            return;
        } catch (ErrorDataDecoderException | IOException e) {
            throw e.getCause() instanceof IOException || e instanceof IOException ? tooLarge() : malformed();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw malformed();
        }
    }

    private void take(InterfaceHttpData part) throws IOException {
        try {
            if (part instanceof HttpData data && PART.equals(data.getName())) {
                add(data);
            }
        } finally {
            decoder.removeHttpDataFromClean(part);
            part.release();
        }
    }

    private void add(HttpData data) throws IOException {
        if (images.size() == config.images()) {
            throw ApiException.tooLarge("A request holds at most " + config.images() + " images");
        }
        byte[] bytes = ByteBufUtil.getBytes(data.getByteBuf());
        if (bytes.length > config.imageBytes()) {
            throw tooLarge();
        }
        Optional<FileUpload> file = data instanceof FileUpload upload ? Optional.of(upload) : Optional.empty();
        images.add(new Image(
                file.map(FileUpload::getFilename).orElse(PART),
                file.map(FileUpload::getContentType).orElse(UNKNOWN_TYPE),
                bytes));
    }

    private ApiException tooLarge() {
        return ApiException.tooLarge("One image is larger than " + config.imageBytes() + " bytes");
    }

    private static ApiException malformed() {
        return ApiException.badRequest("The multipart body is malformed");
    }
}
