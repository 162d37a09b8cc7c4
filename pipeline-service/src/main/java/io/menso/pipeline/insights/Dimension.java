package io.menso.pipeline.insights;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What answers can be grouped by.
enum Dimension {
    GALLERY,
    DEVICE,
    REVISION,
    OUTCOME,
    HOUR,
    KIND;

    private static final long SECONDS_PER_HOUR = 3600;

    /// As requests and answers name it.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Its column in the table.
    String column() {
        return this == HOUR ? "epoch_hour" : label();
    }

    /// What an answer says for a value of the column: the first second of the hour, null for an event without one.
    @Nullable
    Object value(String text) {
        if (this == HOUR) {
            return Long.parseLong(text) * SECONDS_PER_HOUR;
        }
        return text.isEmpty() ? null : text;
    }

    static Optional<Dimension> of(String label) {
        return Arrays.stream(values())
                .filter(dimension -> dimension.label().equals(label))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Dimension::label).toList();
    }
}
