package io.menso.bench;

import io.menso.bench.data.Queries;
import io.menso.bench.engine.EngineKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one process measures: one engine over one data set with so many cores. It travels as JSON.
///
/// @param data       folder of the data set
/// @param scratch    folder for the engine's own files
/// @param engine     which engine
/// @param cores      how many it may use
/// @param kinds      which queries
/// @param judged     queries whose answers are compared with the right ones, for engines that promise nothing
/// @param k          how many hits are asked for
/// @param limits     thresholds, with what they let through
/// @param filters    shares of the gallery in percent, null for no filter; these are measured at the first threshold
/// @param seconds    how long each measurement takes
/// @param insertRate templates a second that are enrolled while searching; 0 leaves this out
public record Settings(
        String data,
        String scratch,
        EngineKind engine,
        int cores,
        List<Queries> kinds,
        int judged,
        int k,
        List<Limit> limits,
        List<@Nullable Double> filters,
        double seconds,
        int insertRate) {}
