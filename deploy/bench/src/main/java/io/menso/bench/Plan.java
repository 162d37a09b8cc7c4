package io.menso.bench;

import io.menso.bench.data.Queries;
import io.menso.bench.engine.EngineKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that a run measures: all combinations of these.
///
/// @param sizes      templates
/// @param dimensions numbers of each
/// @param kinds      queries
/// @param engines    what searches
/// @param cores      how many an engine may use
/// @param k          hits asked for
/// @param limits     thresholds
/// @param filters    shares of the gallery in percent, null for no filter
/// @param count      different queries of each kind
/// @param seconds    how long each measurement takes
/// @param insertRate templates a second enrolled while searching; 0 leaves this out
/// @param seed       of the data
record Plan(
        List<Integer> sizes,
        List<Integer> dimensions,
        List<Queries> kinds,
        List<EngineKind> engines,
        List<Integer> cores,
        int k,
        List<Limit> limits,
        List<@Nullable Double> filters,
        int count,
        double seconds,
        int insertRate,
        long seed) {

    private static final int LARGEST = 100_000_000;
    private static final int MOST_NUMBERS = 4_096;
    private static final int MOST_HITS = 1_000;

    Plan {
        require(!sizes.isEmpty() && !dimensions.isEmpty() && !kinds.isEmpty(), "nothing to measure");
        require(!engines.isEmpty() && !cores.isEmpty() && !limits.isEmpty(), "nothing to measure");
        require(!filters.isEmpty(), "nothing to measure");
        sizes.forEach(n -> require(n >= 10 && n <= LARGEST, "--n is from 10 to 100M, not " + n));
        dimensions.forEach(dimension -> require(
                dimension >= 64 && dimension <= MOST_NUMBERS && dimension % 64 == 0,
                "--dim is a multiple of 64 up to 4096, not " + dimension));
        int processors = Runtime.getRuntime().availableProcessors();
        cores.forEach(number ->
                require(number >= 1 && number <= processors, "--cores is from 1 to " + processors + ", not " + number));
        require(k >= 1 && k <= MOST_HITS, "--k is from 1 to 1000, not " + k);
        require(count >= 1 && count <= 100_000, "--count is from 1 to 100000, not " + count);
        require(seconds > 0 && seconds <= 3_600, "--seconds is above 0 and at most 3600, not " + seconds);
        require(insertRate >= 0 && insertRate <= 1_000_000, "--insert-rate is from 0 to 1000000, not " + insertRate);
        for (Double filter : filters) {
            require(
                    filter == null || filter > 0 && filter <= 100,
                    "--filters are shares above 0 and at most 100, not " + filter);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    List<Queries> kinds(boolean plain) {
        return kinds.stream().filter(kind -> kind.arePlain() == plain).toList();
    }

    List<Double> shares() {
        return filters.stream()
                .filter(java.util.Objects::nonNull)
                .map(Double::valueOf)
                .toList();
    }
}
