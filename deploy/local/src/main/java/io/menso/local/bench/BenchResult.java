package io.menso.local.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.menso.local.api.ApiClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one concurrency gave.
///
/// @param concurrency how many callers at a time
/// @param requests    answered ones that were measured
/// @param errors      answers other than 200
/// @param throughput  requests a second
/// @param p50         median latency in milliseconds, as a caller sees it
/// @param p95         the same, of 95 in 100
/// @param p99         the same, of 99 in 100
/// @param shares      mean milliseconds spent in each stage; `transport` is what no stage accounts for
public record BenchResult(
        int concurrency,
        int requests,
        int errors,
        @JsonProperty("requests_per_second") double throughput,
        @JsonProperty("p50_ms") double p50,
        @JsonProperty("p95_ms") double p95,
        @JsonProperty("p99_ms") double p99,
        @JsonProperty("mean_ms") Map<String, Double> shares) {

    /// Stages that services report.
    static final List<String> STAGES = List.of("decode", "inference", "script", "search");

    static BenchResult of(int concurrency, List<ApiClient.Answer> answers, double seconds) {
        List<ApiClient.Answer> good =
                answers.stream().filter(answer -> answer.status() == 200).toList();
        double[] sorted =
                good.stream().mapToDouble(ApiClient.Answer::millis).sorted().toArray();
        return new BenchResult(
                concurrency,
                good.size(),
                answers.size() - good.size(),
                round(good.size() / seconds),
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                shares(good));
    }

    /// Nearest rank; zero when nothing was measured.
    static double percentile(double[] sorted, int percent) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return round(sorted[Math.max(0, rank - 1)]);
    }

    private static Map<String, Double> shares(List<ApiClient.Answer> answers) {
        double total =
                answers.stream().mapToDouble(ApiClient.Answer::millis).average().orElse(0);
        List<Map<String, Double>> timings = answers.stream()
                .map(answer -> ServerTiming.parse(answer.serverTiming()))
                .toList();
        Map<String, Double> shares = new LinkedHashMap<>();
        for (String stage : STAGES) {
            shares.put(
                    stage,
                    round(timings.stream()
                            .mapToDouble(timing -> timing.getOrDefault(stage, 0.0))
                            .average()
                            .orElse(0)));
        }
        double known = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        shares.put("transport", round(Math.max(0, total - known)));
        shares.put("total", round(total));
        return shares;
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
