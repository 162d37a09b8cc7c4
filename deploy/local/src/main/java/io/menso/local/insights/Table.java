package io.menso.local.insights;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An answer of `GET /v3/insights/recognitions` for people.
public final class Table {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final List<String> FIGURES =
            List.of("COUNT", "MATCH", "NO_MATCH", "OK", "REFUSED", "P50 ms", "P90 ms", "P99 ms");
    private static final List<String> SUCCESSES = List.of("MATCH", "NO_MATCH", "OK");
    private static final int BAR = 40;
    private static final int MAX_CELL = 40;

    private Table() {}

    /// Lines with the period, a row for each group, totals, outcomes and scores.
    public static String of(JsonNode answer) {
        StringBuilder text = new StringBuilder(String.format(
                "%s to %s UTC%n%n",
                time(answer.path("from").asLong()), time(answer.path("through").asLong())));
        rows(answer, text);
        if (answer.path("truncated").asBoolean()) {
            text.append(String.format("there are more groups; narrow them by time, --gallery or --device%n"));
        }
        JsonNode totals = answer.path("totals");
        outcomes(totals, text);
        scores(totals.path("scores"), text);
        return text.toString();
    }

    private static void rows(JsonNode answer, StringBuilder text) {
        List<String> dimensions = new ArrayList<>();
        answer.path("group_by").forEach(name -> dimensions.add(name.asText()));
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(dimensions.isEmpty() ? List.of("") : dimensions);
        head.replaceAll(name -> name.toUpperCase(Locale.ROOT));
        head.addAll(FIGURES);
        table.add(head);
        answer.path("groups").forEach(group -> {
            List<String> row = new ArrayList<>();
            dimensions.forEach(name -> row.add(key(name, group.path("key").path(name))));
            table.add(with(row, group));
        });
        List<String> last = new ArrayList<>(List.of("all"));
        IntStream.range(1, dimensions.size()).forEach(_ -> last.add(""));
        table.add(with(last, answer.path("totals")));
        align(table, Math.max(1, dimensions.size()), text);
    }

    private static List<String> with(List<String> row, JsonNode group) {
        JsonNode outcomes = group.path("outcomes");
        long count = group.path("count").asLong();
        long refused = count
                - SUCCESSES.stream()
                        .mapToLong(name -> outcomes.path(name).asLong())
                        .sum();
        row.add(Long.toString(count));
        SUCCESSES.forEach(name -> row.add(outcomes.path(name).asText("0")));
        row.add(Long.toString(refused));
        for (String name : List.of("p50", "p90", "p99")) {
            JsonNode millis = group.path("millis").path(name);
            row.add(millis.isNumber() ? String.format(Locale.ROOT, "%.0f", millis.asDouble()) : "-");
        }
        return row;
    }

    private static String key(String dimension, JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "-";
        }
        String text = dimension.equals("hour") ? time(value.asLong()) : printable(value.asText());
        return text.codePointCount(0, text.length()) > MAX_CELL
                ? text.substring(0, text.offsetByCodePoints(0, MAX_CELL - 1)) + "…"
                : text;
    }

    /// A gallery's name is free text: it must not steer the terminal.
    private static String printable(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /// Keys to the left, figures to the right.
    private static void align(List<List<String>> table, int keys, StringBuilder text) {
        int[] widths = IntStream.range(0, table.getFirst().size())
                .map(column -> table.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        for (List<String> row : table) {
            String line = IntStream.range(0, row.size())
                    .mapToObj(column -> pad(row.get(column), widths[column], column < keys))
                    .collect(Collectors.joining("  "));
            text.append(line.stripTrailing()).append(System.lineSeparator());
        }
    }

    private static String pad(String cell, int width, boolean left) {
        String gap = " ".repeat(width - cell.length());
        return left ? cell + gap : gap + cell;
    }

    private static void outcomes(JsonNode totals, StringBuilder text) {
        List<Map.Entry<String, JsonNode>> refusals = totals.path("outcomes").properties().stream()
                .filter(outcome -> !SUCCESSES.contains(outcome.getKey()))
                .sorted((a, b) ->
                        Long.compare(b.getValue().asLong(), a.getValue().asLong()))
                .toList();
        if (!refusals.isEmpty()) {
            text.append(String.format("%nrefused%n"));
            refusals.forEach(refusal -> text.append(String.format(
                    "  %-30s %8d%n", refusal.getKey(), refusal.getValue().asLong())));
        }
    }

    private static void scores(JsonNode scores, StringBuilder text) {
        long most = 0;
        for (JsonNode bin : scores) {
            most = Math.max(most, bin.asLong());
        }
        if (most == 0) {
            return;
        }
        text.append(String.format("%nscores%n"));
        for (int bin = 0; bin < scores.size(); bin++) {
            long count = scores.get(bin).asLong();
            if (count > 0) {
                text.append(String.format(
                        Locale.ROOT,
                        "  %.2f to %.2f %8d  %s%n",
                        (double) bin / scores.size(),
                        (bin + 1.0) / scores.size(),
                        count,
                        "#".repeat((int) Math.max(1, count * BAR / most))));
            }
        }
    }

    private static String time(long seconds) {
        return TIME.format(Instant.ofEpochSecond(seconds));
    }
}
