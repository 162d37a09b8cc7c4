package io.menso.pipeline.calls;

import io.menso.commons.web.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Path of a call, proven to be harmless: below `/v3/`, nothing that another parser could read differently (G4).
///
/// @param text     the path as it goes on the wire
/// @param segments its parts, `v3` first
public record CallPath(String text, List<String> segments) {

    private static final int MAX_LENGTH = 1024;
    private static final Pattern ALLOWED =
            Pattern.compile("/v3(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)+");
    private static final Pattern HIDDEN = Pattern.compile("%(?:2e|2f|5c|25|[01][0-9a-f]|7f)");

    /// @throws ApiException 400 `BAD_REQUEST` that says what is wrong
    public static CallPath of(String path) {
        if (path.length() > MAX_LENGTH || !ALLOWED.matcher(path).matches()) {
            throw ApiException.badRequest("api paths start with /v3/ and hold no query, fragment or empty segment");
        }
        List<String> segments = List.of(path.substring(1).split("/"));
        boolean dots = segments.stream().anyMatch(segment -> segment.equals(".") || segment.equals(".."));
        if (dots || HIDDEN.matcher(path.toLowerCase(Locale.ROOT)).find()) {
            throw ApiException.badRequest("api paths hold no dot segments and no encoded separators");
        }
        return new CallPath(path, segments);
    }

    String segment(int index) {
        return segments.get(index);
    }

    /// Name of the pipeline that a POST to this path executes.
    public Optional<String> pipeline() {
        boolean one = segments.size() == 3 && segment(1).equals("pipelines");
        return one ? Optional.of(segment(2)) : Optional.empty();
    }
}
