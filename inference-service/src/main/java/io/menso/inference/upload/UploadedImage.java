package io.menso.inference.upload;

/// One part named `file`. Its text form shows nothing of the picture and not its name.
///
/// @param filename    as sent, empty when the part has none
/// @param contentType as sent, empty when the part has none
/// @param content     the bytes
public record UploadedImage(String filename, String contentType, byte[] content) {

    @Override
    public String toString() {
        return "UploadedImage[" + content.length + "]";
    }
}
