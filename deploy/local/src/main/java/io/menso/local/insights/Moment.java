package io.menso.local.insights;

import io.menso.local.stack.LauncherException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A point in time as people type it.
public final class Moment {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,16}");
    private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([mhd])");

    private Moment() {}

    /// @param text seconds since 1970, ISO 8601 with an offset, or an age such as `24h`
    /// @return Unix time in seconds
    /// @throws LauncherException when it is none of them
    public static long parse(String text, Clock clock) {
        if (SECONDS.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            return clock.instant()
                    .minus(duration(Long.parseLong(age.group(1)), age.group(2)))
                    .getEpochSecond();
        }
        try {
            return OffsetDateTime.parse(text).toInstant().getEpochSecond();
        } catch (DateTimeParseException e) {
            throw new LauncherException(
                    "no time: " + text + " (seconds since 1970, " + Instant.EPOCH + ", or an age such as 24h)", e);
        }
    }

    private static Duration duration(long number, String unit) {
        return switch (unit) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
