package io.menso.pipeline.insights;

import io.menso.commons.web.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/// Reads the query parameters of a request; each that is wrong, repeated or unknown is 400 and named.
final class InsightsParameters {

    private static final List<String> NAMES =
            List.of("from", "through", "gallery", "device", "pipeline", "revision", "group_by", "limit");
    private static final long DEFAULT_SECONDS = Duration.ofHours(24).toSeconds();
    private static final long MAX_TIME = (1L << 53) - 1;
    private static final int MAX_GALLERY = 128;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,16}");
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Map<String, List<String>> values;
    private final InsightsConfig config;

    private InsightsParameters(Map<String, List<String>> values, InsightsConfig config) {
        this.values = values;
        this.config = config;
    }

    /// @param values decoded query parameters
    /// @param now    end of the period that is meant when none is given
    /// @throws ApiException 400 `BAD_REQUEST`
    static InsightsQuery read(Map<String, List<String>> values, Instant now, InsightsConfig config) {
        InsightsParameters parameters = new InsightsParameters(values, config);
        parameters.refuseUnknown();
        long through = parameters.time("through").orElse(now.getEpochSecond());
        long from = parameters.time("from").orElse(Math.max(0, through - DEFAULT_SECONDS));
        parameters.checkPeriod(from, through);
        return new InsightsQuery(
                from,
                through,
                parameters.gallery(),
                parameters.matching("device", UUID_TEXT, "a UUID").map(UUID::fromString),
                parameters
                        .matching("pipeline", NAME, "the name of a built-in pipeline or a UUID")
                        .map(name -> name.toLowerCase(Locale.ROOT)),
                parameters.matching("revision", NAME, "a revision"),
                parameters.groupBy(),
                parameters.limit());
    }

    private void refuseUnknown() {
        TreeSet<String> unknown = new TreeSet<>(values.keySet());
        NAMES.forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            throw ApiException.badRequest(
                    "Unknown parameter '" + unknown.first() + "'; there are " + String.join(", ", NAMES));
        }
    }

    private Optional<String> one(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw ApiException.badRequest(name + " must be given once");
        }
        return given.stream().findFirst();
    }

    private Optional<String> matching(String name, Pattern pattern, String what) {
        Optional<String> value = one(name);
        if (value.isPresent() && !pattern.matcher(value.get()).matches()) {
            throw ApiException.badRequest(name + " must be " + what);
        }
        return value;
    }

    private Optional<Long> time(String name) {
        Optional<Long> time = matching(name, NUMBER, "a time in seconds, a whole number from 0 to " + MAX_TIME)
                .map(Long::valueOf);
        if (time.isPresent() && time.get() > MAX_TIME) {
            throw ApiException.badRequest(name + " must be at most " + MAX_TIME);
        }
        return time;
    }

    private void checkPeriod(long from, long through) {
        if (from > through) {
            throw ApiException.badRequest("from must not be after through");
        }
        if (through - from > Duration.ofDays(config.days()).toSeconds()) {
            throw ApiException.badRequest("from and through must not be more than " + config.days() + " days apart");
        }
    }

    private Optional<String> gallery() {
        Optional<String> gallery = one("gallery");
        if (gallery.isPresent()) {
            int length = gallery.get().codePointCount(0, gallery.get().length());
            if (length < 1 || length > MAX_GALLERY) {
                throw ApiException.badRequest("gallery must have 1 to " + MAX_GALLERY + " characters");
            }
        }
        return gallery;
    }

    /// `group_by=a,b` and `group_by=a&group_by=b` are the same.
    private List<Dimension> groupBy() {
        List<Dimension> dimensions = new ArrayList<>();
        for (String text : values.getOrDefault("group_by", List.of())) {
            for (String label : text.split(",", -1)) {
                Dimension dimension = Dimension.of(label)
                        .orElseThrow(() -> ApiException.badRequest(
                                "group_by must be one or several of " + String.join(", ", Dimension.labels())));
                if (dimensions.contains(dimension)) {
                    throw ApiException.badRequest("group_by names " + label + " twice");
                }
                dimensions.add(dimension);
            }
        }
        return dimensions;
    }

    private int limit() {
        String range = "a whole number from 1 to " + config.groups();
        int limit = matching("limit", Pattern.compile("[0-9]{1,9}"), range)
                .map(Integer::valueOf)
                .orElse(config.groups());
        if (limit < 1 || limit > config.groups()) {
            throw ApiException.badRequest("limit must be " + range);
        }
        return limit;
    }
}
