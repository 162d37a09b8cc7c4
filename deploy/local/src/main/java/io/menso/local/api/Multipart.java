package io.menso.local.api;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/// A `multipart/form-data` body whose parts named `file` are images.
///
/// @param contentType value of the header
/// @param body        the bytes
public record Multipart(String contentType, byte[] body) {

    /// An image to send.
    ///
    /// @param name  file name; its extension tells the type
    /// @param bytes content
    public record Image(String name, byte[] bytes) {

        String type() {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.endsWith(".png")) {
                return "image/png";
            }
            return lower.endsWith(".jp2") ? "image/jp2" : "image/jpeg";
        }
    }

    public static Multipart of(List<Image> images) {
        String boundary = "menso-" + UUID.randomUUID();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Image image : images) {
            body.writeBytes(text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                    + image.name() + "\"\r\nContent-Type: " + image.type() + "\r\n\r\n"));
            body.writeBytes(image.bytes());
            body.writeBytes(text("\r\n"));
        }
        body.writeBytes(text("--" + boundary + "--\r\n"));
        return new Multipart("multipart/form-data; boundary=" + boundary, body.toByteArray());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
