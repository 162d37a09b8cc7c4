package io.menso.inference.image;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Image formats the service reads, told by content rather than by name (decision D10).
public enum ImageFormat {
    JPEG("JPEG", Set.of("image/jpeg", "image/jpg", "image/pjpeg")),
    PNG("PNG", Set.of("image/png", "image/x-png")),
    JPEG2000(
            "JPEG 2000",
            Set.of("image/jp2", "image/j2c", "image/j2k", "image/jpc", "image/jpx", "image/jpeg2000", "image/x-jp2"));

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte[] JP2_SIGNATURE = {0, 0, 0, 12, 'j', 'P', ' ', ' ', '\r', '\n', (byte) 0x87, '\n'};
    private static final byte[] CODESTREAM = {(byte) 0xFF, 0x4F, (byte) 0xFF, 0x51};
    private static final byte[] JPEG_START = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};

    private final String label;
    private final Set<String> mediaTypes;

    ImageFormat(String label, Set<String> mediaTypes) {
        this.label = label;
        this.mediaTypes = mediaTypes;
    }

    /// Name for people.
    public String label() {
        return label;
    }

    /// The format whose signature the content starts with.
    public static Optional<ImageFormat> sniff(byte[] content) {
        if (startsWith(content, JPEG_START)) {
            return Optional.of(JPEG);
        }
        if (startsWith(content, PNG_SIGNATURE)) {
            return Optional.of(PNG);
        }
        if (startsWith(content, JP2_SIGNATURE) || startsWith(content, CODESTREAM)) {
            return Optional.of(JPEG2000);
        }
        return Optional.empty();
    }

    /// Whether a part's declared type allows this content. None and `application/octet-stream` declare nothing
    /// and so agree with every format; any other type must be one of this format's names (decision B3).
    ///
    /// @param contentType the part's `Content-Type`, parameters allowed; empty when the part has none
    public boolean agreesWith(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
        return type.isEmpty() || type.equals("application/octet-stream") || mediaTypes.contains(type);
    }

    static boolean isBareCodestream(byte[] content) {
        return startsWith(content, CODESTREAM);
    }

    private static boolean startsWith(byte[] content, byte[] signature) {
        if (content.length < signature.length) {
            return false;
        }
        for (int i = 0; i < signature.length; i++) {
            if (content[i] != signature[i]) {
                return false;
            }
        }
        return true;
    }
}
