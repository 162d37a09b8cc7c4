package io.menso.device.device;

import io.menso.commons.web.ApiException;

/// What a customer says about a device (decisions D2, D4).
///
/// @param displayName 1 to 256 code points, not blank, no control characters
/// @param gallery     1 to 128 code points, case-sensitive
/// @param metadata    JSON object with the members of `metadata` besides `gallery`
record DeviceFields(String displayName, String gallery, String metadata) {

    private static final int MAX_NAME = 256;
    private static final int MAX_GALLERY = 128;

    DeviceFields {
        check("display_name", displayName, MAX_NAME);
        check("metadata.gallery", gallery, MAX_GALLERY);
        if (displayName.codePoints().allMatch(DeviceFields::isSpace)) {
            throw ApiException.badRequest("display_name must not be blank");
        }
        if (displayName.codePoints().anyMatch(Character::isISOControl)) {
            throw ApiException.badRequest("display_name must not hold control characters");
        }
    }

    /// Half a surrogate pair is no text, and the database has no U+0000.
    private static void check(String member, String value, int max) {
        int length = value.codePointCount(0, value.length());
        if (length == 0 || length > max) {
            throw ApiException.badRequest(member + " must have 1 to " + max + " characters");
        }
        if (value.codePoints().anyMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE)) {
            throw ApiException.badRequest(member + " holds a character that is not allowed");
        }
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }
}
