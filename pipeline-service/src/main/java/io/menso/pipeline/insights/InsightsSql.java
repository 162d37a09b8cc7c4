package io.menso.pipeline.insights;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.menso.commons.web.Tenant;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/// Writes the queries for Pinot. Each names the tenant, and none holds text that came from outside as it came.
///
/// Groups are ordered by their keys: then Pinot's servers, which keep only the first groups of their own, keep all
/// that the answer needs, and both queries of an answer agree on which groups come first.
final class InsightsSql {

    static final String TABLE = "recognitions";

    /// Bins of the score histogram, of equal width from 0 to 1.
    static final int BINS = 20;

    /// More outcomes than there are: success, the API's errors, and room for new ones.
    static final int OUTCOMES = 40;

    private static final String SUMMARY = "count(*), histogram(score * " + BINS + ", 0, " + BINS + ", " + BINS + "),"
            + " percentiletdigest(millis, 50), percentiletdigest(millis, 90), percentiletdigest(millis, 99),"
            + " min(\"time\"), max(\"time\")";

    private final String where;
    private final List<Dimension> groupBy;
    private final int limit;

    /// @param groupBy what is told apart; empty: one group of all
    /// @param limit   most groups wanted; the queries ask for one more, to know whether there are more
    InsightsSql(Tenant tenant, InsightsQuery query, List<Dimension> groupBy, int limit) {
        this.where = where(tenant, query);
        this.groupBy = groupBy;
        this.limit = limit;
    }

    /// The columns of [#keys], then count, histogram, p50, p90, p99, first and last time.
    String summaries() {
        return select(keys(groupBy), SUMMARY, limit + 1);
    }

    /// The columns of [#keys], the outcome unless it is one of them, then the count.
    String outcomes() {
        List<String> columns = new ArrayList<>(keys(groupBy));
        if (!groupBy.contains(Dimension.OUTCOME)) {
            columns.add(Dimension.OUTCOME.column());
        }
        return select(columns, "count(*)", (limit + 1) * OUTCOMES);
    }

    /// Columns that tell the groups apart, at least one: without a group, Pinot 0.11 fails on a histogram of nothing.
    static List<String> keys(List<Dimension> groupBy) {
        return groupBy.isEmpty()
                ? List.of("tenant")
                : groupBy.stream().map(Dimension::column).toList();
    }

    private String select(List<String> keys, String aggregates, int rows) {
        String list = String.join(", ", keys);
        return "select " + list + ", " + aggregates + " from " + TABLE + " where " + where + " group by " + list
                + " order by " + list + " limit " + rows;
    }

    private static String where(Tenant tenant, InsightsQuery query) {
        List<String> conditions = new ArrayList<>();
        conditions.add("tenant = " + literal(tenant.id()));
        conditions.add("\"time\" >= " + query.from() * 1000);
        conditions.add("\"time\" < " + (query.through() + 1) * 1000);
        query.gallery().ifPresent(gallery -> conditions.add("gallery = " + literal(gallery)));
        query.device().ifPresent(device -> conditions.add("device = " + literal(device.toString())));
        query.pipeline().ifPresent(pipeline -> conditions.add("pipeline = " + literal(pipeline)));
        query.revision().ifPresent(revision -> conditions.add("revision = " + literal(revision)));
        return String.join(" and ", conditions);
    }

    /// Any text as an expression that Pinot turns into a literal before it runs the query. Percent encoding leaves
    /// letters, digits and `%+-._*`, so no rule of quotes, escapes, comments or query options can be got wrong.
    static String literal(String text) {
        return "decodeUrl('" + URLEncoder.encode(text, UTF_8) + "')";
    }
}
