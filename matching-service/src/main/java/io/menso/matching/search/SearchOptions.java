package io.menso.matching.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.menso.commons.web.ApiException;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a search is to be done (H3).
///
/// @param limit     users at most, 1 to 100
/// @param threshold lowest score, 0 to 1; empty for the model's own
/// @param gallery   where to look; empty for the whole tenant
record SearchOptions(int limit, Optional<Double> threshold, Optional<String> gallery) {

    private static final int DEFAULT_LIMIT = 5;
    private static final int MAX_LIMIT = 100;
    private static final int MAX_GALLERY = 128;

    /// @param limit   decimal text, `null` for the default
    /// @param gallery as the caller gave it; not looked at when `own` is present
    /// @param own     gallery of the calling device, the only one it may search (H1)
    /// @throws ApiException 400 when a value is no number or out of range
    static SearchOptions parse(
            @Nullable String limit, @Nullable String threshold, @Nullable String gallery, Optional<String> own) {
        return new SearchOptions(
                limit == null ? DEFAULT_LIMIT : limit(limit),
                Optional.ofNullable(threshold).map(SearchOptions::threshold),
                own.isPresent() ? own : Optional.ofNullable(gallery).map(SearchOptions::gallery));
    }

    /// Text of a JSON number or string.
    ///
    /// @return `null` when the member is absent or null
    /// @throws ApiException 400 for any other kind
    static @Nullable String text(@Nullable JsonNode value, String name) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return null;
        }
        if (!value.isTextual() && !value.isNumber()) {
            throw ApiException.badRequest(name + " has the wrong type");
        }
        return value.asText();
    }

    private static int limit(String text) {
        int limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ApiException.badRequest("limit must be an integer from 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    private static double threshold(String text) {
        if (text.length() <= 32 && text.matches("[0-9]*\\.?[0-9]+([eE][+-]?[0-9]{1,3})?")) {
            double threshold = new BigDecimal(text).doubleValue();
            if (threshold <= 1) {
                return threshold;
            }
        }
        throw ApiException.badRequest("threshold must be a number from 0 to 1");
    }

    private static String gallery(String text) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_GALLERY) {
            throw ApiException.badRequest("gallery must have 1 to " + MAX_GALLERY + " characters");
        }
        if (text.codePoints().anyMatch(SearchOptions::isUnfit)) {
            throw ApiException.badRequest("gallery holds a character that is not allowed");
        }
        return text;
    }

    /// No gallery has them, and the database cannot be asked for U+0000.
    private static boolean isUnfit(int codePoint) {
        return codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE;
    }
}
