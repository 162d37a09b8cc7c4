package io.menso.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Results for people.
final class Table {

    private record Column(String title, Function<Row, String> value) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("engine", Row::engine),
            new Column("mode", Row::mode),
            new Column("n", row -> String.format(Locale.ROOT, "%,d", row.n())),
            new Column("dim", row -> Integer.toString(row.dim())),
            new Column("queries", Row::queries),
            new Column("threshold", row -> number("%.3f", row.threshold())),
            new Column("FMR", row -> number("%.1e", row.fmr())),
            new Column("filter %", row -> number("%s", row.filter())),
            new Column("cores", row -> Integer.toString(row.cores())),
            new Column("p50 ms", row -> millis(row.p50())),
            new Column("p99 ms", row -> millis(row.p99())),
            new Column("qps", row -> String.format(Locale.ROOT, "%.0f", row.qps())),
            new Column("recall", row -> String.format(Locale.ROOT, "%.4f", row.recall())),
            new Column("B/template", row -> String.format(Locale.ROOT, "%.0f", row.bytesPerTemplate())),
            new Column("mapped", row -> String.format(Locale.ROOT, "%.0f", row.mappedBytes())),
            new Column("build s", row -> String.format(Locale.ROOT, "%.1f", row.buildSeconds())),
            new Column("f32 rows", row -> number("%.0f", row.float32Rows())),
            new Column("inserts/s", row -> row.inserts() == 0 ? "" : number("%.0f", row.inserts())));

    private Table() {}

    /// Aligned columns, for a terminal.
    static String text(List<Row> rows) {
        List<List<String>> cells = cells(rows);
        StringBuilder text = new StringBuilder();
        for (List<String> line : cells) {
            for (int column = 0; column < COLUMNS.size(); column++) {
                text.append(pad(line.get(column), width(cells, column), column < 2))
                        .append("  ");
            }
            text.setLength(text.toString().stripTrailing().length());
            text.append('\n');
        }
        return text.toString();
    }

    /// One result in short, while others are still to come.
    static String line(Row row) {
        return COLUMNS.stream()
                .filter(column -> !column.value().apply(row).isEmpty())
                .map(column -> column.title() + " " + column.value().apply(row))
                .collect(Collectors.joining(", "));
    }

    /// The same as Markdown.
    static String markdown(List<Row> rows) {
        List<List<String>> cells = cells(rows);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < cells.size(); line++) {
            text.append("| ").append(String.join(" | ", cells.get(line))).append(" |\n");
            if (line == 0) {
                text.append("|---|---|")
                        .append("--:|".repeat(COLUMNS.size() - 2))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static List<List<String>> cells(List<Row> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(COLUMNS.stream().map(Column::title).toList());
        rows.forEach(row -> cells.add(
                COLUMNS.stream().map(column -> column.value().apply(row)).toList()));
        return cells;
    }

    private static int width(List<List<String>> cells, int column) {
        return cells.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }

    private static String pad(String text, int width, boolean left) {
        String spaces = " ".repeat(width - text.length());
        return left ? text + spaces : spaces + text;
    }

    private static String number(String format, @Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, format, value);
    }

    /// Three digits that matter.
    private static String millis(double value) {
        return String.format(Locale.ROOT, value < 1 ? "%.3f" : value < 10 ? "%.2f" : "%.1f", value);
    }
}
