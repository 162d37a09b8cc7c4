package io.menso.gateway.authentication;

import java.util.Base64;
import java.util.Optional;

/// base64url without padding (RFC 7515, section 2), in its one canonical form (decision A14).
///
/// A lenient decoder would let one signature be written in several ways and hide foreign characters.
final class StrictBase64Url {

    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private StrictBase64Url() {}

    /// The bytes, or empty when the text has padding, foreign characters or stray trailing bits.
    static Optional<byte[]> decode(String text) {
        try {
            byte[] bytes = DECODER.decode(text);
            return ENCODER.encodeToString(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
