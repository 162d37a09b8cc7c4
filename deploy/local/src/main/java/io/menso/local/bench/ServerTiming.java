package io.menso.local.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the header `Server-Timing` (W3C): milliseconds by metric, repeated metrics added up.
final class ServerTiming {

    private static final Pattern METRIC = Pattern.compile("([A-Za-z0-9_-]+)\\s*;[^,]*?dur=([0-9.]+)");

    private ServerTiming() {}

    static Map<String, Double> parse(String header) {
        Map<String, Double> durations = new HashMap<>();
        Matcher metric = METRIC.matcher(header);
        while (metric.find()) {
            durations.merge(metric.group(1), Double.parseDouble(metric.group(2)), Double::sum);
        }
        return durations;
    }
}
