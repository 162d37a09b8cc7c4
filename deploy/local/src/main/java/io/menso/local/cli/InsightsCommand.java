package io.menso.local.cli;

import io.menso.local.api.ApiClient;
import io.menso.local.api.Credentials;
import io.menso.local.insights.Moment;
import io.menso.local.insights.Table;
import io.menso.local.stack.Json;
import io.menso.local.stack.LauncherException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Prints what recognitions say together.
@Command(
        name = "insights",
        description = {
            "Counts recognitions: how they ended, how well faces matched, how long it took. Needs menso up --pinot.",
            "Times are seconds since 1970, ISO 8601 (2026-11-22T10:00:00Z) or ages (90m, 24h, 7d).",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class InsightsCommand implements Runnable {

    /// Which recognitions.
    static final class Filter {

        @Option(names = "--from", paramLabel = "TIME", description = "first second (default: 24 hours before the last)")
        private @Nullable String from;

        @Option(names = "--through", paramLabel = "TIME", description = "last second (default: now)")
        private @Nullable String through;

        @Option(names = "--gallery", paramLabel = "NAME", description = "only in this gallery")
        private @Nullable String gallery;

        @Option(names = "--device", paramLabel = "UUID", description = "only from this device")
        private @Nullable String device;

        @Option(names = "--pipeline", paramLabel = "NAME", description = "only of this pipeline, name or UUID")
        private @Nullable String pipeline;

        @Option(names = "--revision", paramLabel = "REV", description = "only with this revision of the embedding")
        private @Nullable String revision;
    }

    @ArgGroup(exclusive = false, validate = false, heading = "%nWhich:%n")
    private Filter filter = new Filter();

    @Option(
            names = "--group-by",
            paramLabel = "DIMENSION",
            split = ",",
            description = "one or several of gallery, device, revision, outcome, hour, kind")
    private List<String> groupBy = new ArrayList<>();

    @Option(names = "--limit", paramLabel = "N", description = "most groups")
    private @Nullable Integer limit;

    @Option(names = "--staging", description = "of the staging environment")
    private boolean staging;

    @Option(names = "--json", description = "as the API answers it")
    private boolean json;

    @Override
    public void run() {
        Credentials credentials = TokenCommand.credentials(Menso.home());
        Credentials.Key key = staging ? credentials.staging() : credentials.production();
        ApiClient api = ApiClient.of(credentials.url(), credentials.customer(), key.kid(), key.secret());
        ApiClient.Answer answer = api.get("/v3/insights/recognitions" + query(Clock.systemUTC()));
        if (answer.status() == 400 || answer.status() == 503) {
            throw new LauncherException(answer.body().path("reason").asText());
        }
        answer.expect(200);
        System.out.print(json ? Json.write(answer.body()) + "\n" : Table.of(answer.body()));
    }

    /// The query of the request, with its `?` unless it is empty.
    String query(Clock clock) {
        List<String> pairs = new ArrayList<>();
        add(pairs, "from", Optional.ofNullable(filter.from).map(text -> Moment.parse(text, clock)));
        add(pairs, "through", Optional.ofNullable(filter.through).map(text -> Moment.parse(text, clock)));
        add(pairs, "gallery", Optional.ofNullable(filter.gallery));
        add(pairs, "device", Optional.ofNullable(filter.device));
        add(pairs, "pipeline", Optional.ofNullable(filter.pipeline));
        add(pairs, "revision", Optional.ofNullable(filter.revision));
        groupBy.forEach(dimension -> add(pairs, "group_by", Optional.of(dimension)));
        add(pairs, "limit", Optional.ofNullable(limit));
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }

    private static void add(List<String> pairs, String name, Optional<?> value) {
        value.ifPresent(
                given -> pairs.add(name + "=" + URLEncoder.encode(String.valueOf(given), StandardCharsets.UTF_8)));
    }
}
