package io.menso.pipeline.insights;

import io.menso.commons.web.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/// Answers what happened, for one tenant.
@ApplicationScoped
class InsightsService {

    private final PinotBroker pinot;
    private final InsightsConfig config;
    private final Clock clock;

    @Inject
    InsightsService(PinotBroker pinot, InsightsConfig config, Clock clock) {
        this.pinot = pinot;
        this.config = config;
        this.clock = clock;
    }

    /// Groups, as many as were wanted.
    private record Part(List<Group> groups, boolean truncated) {

        static final Part NONE = new Part(List.of(), false);
    }

    /// @param parameters decoded query parameters
    /// @return fails with 400 when one is wrong, with 503 without Pinot
    Uni<Insights> recognitions(Tenant tenant, Map<String, List<String>> parameters) {
        InsightsQuery query = InsightsParameters.read(parameters, clock.instant(), config);
        Uni<Part> totals = part(tenant, query, List.of(), 1);
        Uni<Part> groups = query.groupBy().isEmpty()
                ? Uni.createFrom().item(Part.NONE)
                : part(tenant, query, query.groupBy(), query.limit());
        return Uni.combine().all().unis(totals, groups).with((all, apart) -> answer(query, all, apart));
    }

    private Uni<Part> part(Tenant tenant, InsightsQuery query, List<Dimension> groupBy, int limit) {
        InsightsSql sql = new InsightsSql(tenant, query, groupBy, limit);
        return Uni.combine()
                .all()
                .unis(pinot.query(InsightsSql.TABLE, sql.summaries()), pinot.query(InsightsSql.TABLE, sql.outcomes()))
                .with((summaries, outcomes) -> {
                    List<Group> groups = Groups.read(groupBy, summaries, outcomes);
                    boolean more = groups.size() > limit
                            || summaries.getExecutionStats().isNumGroupsLimitReached()
                            || outcomes.getExecutionStats().isNumGroupsLimitReached();
                    return new Part(groups.stream().limit(limit).toList(), more);
                });
    }

    private static Insights answer(InsightsQuery query, Part all, Part apart) {
        return new Insights(
                query.from(),
                query.through(),
                all.groups().stream().findFirst().orElse(Group.NONE),
                query.groupBy().stream().map(Dimension::label).toList(),
                apart.groups(),
                apart.truncated());
    }
}
