package io.menso.pipeline.insights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.pinot.client.ResultSet;
import org.apache.pinot.client.ResultSetGroup;

/// Reads what Pinot answers to the queries of [InsightsSql].
final class Groups {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MILLIS = 1000;

    private final List<Dimension> groupBy;
    private final int width;
    private final ResultSet summaries;
    private final Map<List<String>, Map<String, Long>> outcomes = new HashMap<>();

    private Groups(List<Dimension> groupBy, ResultSet summaries, ResultSet counts) {
        this.groupBy = groupBy;
        this.width = InsightsSql.keys(groupBy).size();
        this.summaries = summaries;
        int outcome = groupBy.contains(Dimension.OUTCOME) ? groupBy.indexOf(Dimension.OUTCOME) : width;
        int count = Math.max(outcome + 1, width);
        for (int row = 0; row < counts.getRowCount(); row++) {
            outcomes.computeIfAbsent(key(counts, row), _ -> new TreeMap<>())
                    .put(counts.getString(row, outcome), counts.getLong(row, count));
        }
    }

    /// @param summaries answer to [InsightsSql#summaries]
    /// @param outcomes  answer to [InsightsSql#outcomes]
    static List<Group> read(List<Dimension> groupBy, ResultSetGroup summaries, ResultSetGroup outcomes) {
        Groups groups = new Groups(groupBy, summaries.getResultSet(0), outcomes.getResultSet(0));
        return IntStream.range(0, groups.summaries.getRowCount())
                .mapToObj(groups::group)
                .toList();
    }

    private Group group(int row) {
        List<String> key = key(summaries, row);
        return new Group(
                named(key),
                summaries.getLong(row, width),
                outcomes.getOrDefault(key, Map.of()),
                histogram(summaries.getString(row, width + 1)),
                Optional.of(
                        new Group.Percentiles(tenths(row, width + 2), tenths(row, width + 3), tenths(row, width + 4))),
                seconds(row, width + 5),
                seconds(row, width + 6));
    }

    private List<String> key(ResultSet rows, int row) {
        return IntStream.range(0, width)
                .mapToObj(column -> rows.getString(row, column))
                .toList();
    }

    private Map<String, Object> named(List<String> key) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (int i = 0; i < groupBy.size(); i++) {
            named.put(groupBy.get(i).label(), groupBy.get(i).value(key.get(i)));
        }
        return named;
    }

    private double tenths(int row, int column) {
        return Math.round(summaries.getDouble(row, column) * 10) / 10.0;
    }

    private OptionalLong seconds(int row, int column) {
        return OptionalLong.of((long) summaries.getDouble(row, column) / MILLIS);
    }

    /// Pinot counts in floating point.
    private static List<Long> histogram(String array) {
        try {
            return Arrays.stream(JSON.readValue(array, double[].class))
                    .mapToObj(Math::round)
                    .toList();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("pinot answers no histogram", e);
        }
    }
}
