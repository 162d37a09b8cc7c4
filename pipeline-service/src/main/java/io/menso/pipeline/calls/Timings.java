package io.menso.pipeline.calls;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where the time of one execution went, for the `Server-Timing` header.
public final class Timings {

    private static final Pattern ENTRY =
            Pattern.compile("(?:^|,)\\s*(decode|inference|queue)\\s*;\\s*dur=([0-9]{1,7}(?:\\.[0-9]{1,6})?)");

    private final Map<String, Double> millis = new TreeMap<>();

    /// Adds to one of the shares.
    public synchronized void add(String name, double duration) {
        millis.merge(name, duration, Double::sum);
    }

    /// Adds what a call took and what the service said about it.
    public void call(Target target, long nanos, ServiceClient.Answer answer) {
        double duration = nanos / 1e6;
        add("calls", duration);
        if (target == Target.MATCHING) {
            add("search", duration);
        }
        if (target == Target.INFERENCE) {
            String told = answer.headers().get("Server-Timing");
            Matcher entries = ENTRY.matcher(told == null ? "" : told);
            while (entries.find()) {
                add(entries.group(1), Double.parseDouble(entries.group(2)));
            }
        }
    }

    /// Milliseconds of each share so far, rounded to hundredths.
    public synchronized Map<String, Double> millis() {
        Map<String, Double> rounded = new TreeMap<>();
        millis.forEach((name, duration) -> rounded.put(name, Math.round(duration * 100) / 100.0));
        return rounded;
    }

    /// The header's value.
    public synchronized String header() {
        return millis.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s;dur=%.2f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
