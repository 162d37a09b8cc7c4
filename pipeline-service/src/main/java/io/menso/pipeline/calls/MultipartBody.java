package io.menso.pipeline.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A `multipart/form-data` body with images as parts named `file`; refers to their bytes and does not copy them.
///
/// @param contentType header that belongs to it
/// @param buffer      the body
record MultipartBody(String contentType, Buffer buffer) {

    static MultipartBody of(List<Image> images) {
        String boundary = "menso-" + UUID.randomUUID();
        List<ByteBuf> pieces = new ArrayList<>();
        for (Image image : images) {
            pieces.add(text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                    + quote(image.name()) + "\"\r\nContent-Type: " + line(image.type()) + "\r\n\r\n"));
            pieces.add(Unpooled.wrappedBuffer(image.bytes()));
            pieces.add(text("\r\n"));
        }
        pieces.add(text("--" + boundary + "--\r\n"));
        ByteBuf whole = Unpooled.wrappedBuffer(pieces.size(), pieces.toArray(ByteBuf[]::new));
        return new MultipartBody("multipart/form-data; boundary=" + boundary, Buffer.buffer(whole));
    }

    private static ByteBuf text(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(UTF_8));
    }

    /// Escapes so that the service reads the same name as this one did.
    private static String quote(String name) {
        return name.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\r", "%0D")
                .replace("\n", "%0A");
    }

    private static String line(String type) {
        return type.replaceAll("\\p{Cntrl}", "");
    }
}
