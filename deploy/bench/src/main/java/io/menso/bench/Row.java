package io.menso.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// One measurement. Times are of single queries; bytes are for each template.
///
/// @param engine           what searched
/// @param n                templates
/// @param dim              numbers of each
/// @param queries          `hit`, `nomatch` or `random`
/// @param threshold        lowest cosine that counted; null when the best counted, however far
/// @param mode             how the engine searched
/// @param cores            cores it could use
/// @param p50              median latency in milliseconds, one query at a time
/// @param p99              99th percentile of the same
/// @param qps              answers a second with as many callers as cores
/// @param recall           share of the right answers that it found; 1 where there were none to find
/// @param bytesPerTemplate memory, heap and beside it, without files mapped
/// @param buildSeconds     time from vectors to the first search
/// @param k                hits asked for
/// @param fmr              share of strangers' pairs that reach the threshold
/// @param filter           share of the gallery that was searched, in percent; null without a filter
/// @param heapBytes        of the memory, what is on the heap
/// @param mappedBytes      files mapped into memory, besides
/// @param float32Rows      rows that a query read in float32; null where the engine does not tell
/// @param inserts          templates enrolled a second meanwhile
/// @param samples          latencies measured
/// @param readRate         what this machine reads from memory with so many cores, gigabytes a second
public record Row(
        String engine,
        int n,
        int dim,
        String queries,
        @Nullable Double threshold,
        String mode,
        int cores,
        @JsonProperty("p50_ms") double p50,
        @JsonProperty("p99_ms") double p99,
        double qps,
        double recall,
        @JsonProperty("bytes_per_template") double bytesPerTemplate,
        @JsonProperty("build_s") double buildSeconds,
        int k,
        @Nullable Double fmr,
        @Nullable Double filter,
        @JsonProperty("heap_bytes_per_template") double heapBytes,
        @JsonProperty("mapped_bytes_per_template") double mappedBytes,
        @JsonProperty("float32_rows_per_query") @Nullable Double float32Rows,
        @JsonProperty("inserts_per_s") double inserts,
        int samples,
        @JsonProperty("read_gb_per_s") @Nullable Double readRate) {

    Row withReadRate(double rate) {
        return new Row(
                engine,
                n,
                dim,
                queries,
                threshold,
                mode,
                cores,
                p50,
                p99,
                qps,
                recall,
                bytesPerTemplate,
                buildSeconds,
                k,
                fmr,
                filter,
                heapBytes,
                mappedBytes,
                float32Rows,
                inserts,
                samples,
                rate);
    }
}
