package io.menso.matching.search;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant;
import io.menso.matching.face.Embedding;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.DamagedRow;
import io.menso.matching.index.Hit;
import io.menso.matching.index.IndexKeeper;
import io.menso.matching.index.IndexLoader;
import io.menso.matching.index.Space;
import io.menso.matching.index.VectorIndex;
import io.menso.matching.membership.Requester;
import io.menso.matching.runtime.CpuPool;
import io.menso.matching.search.SearchResponse.Match;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Finds who a face belongs to. The index proposes, the database confirms; what the database does not confirm is
/// brought up to date in the index, and the search is repeated, so that nobody is lost behind what is gone.
@ApplicationScoped
public class SearchService {

    /// Each round looks at eight times as many hits, so that this many rounds get past a million stale ones.
    private static final int MAX_ROUNDS = 7;
    private static final int GROWTH_BITS = 3;
    private static final int MAX_FETCH = 1 << 20;

    private final VectorIndex index;
    private final IndexKeeper keeper;
    private final IndexLoader loader;
    private final Confirmation database;
    private final Calibrations calibrations;
    private final CpuPool cpu;

    @Inject
    SearchService(
            VectorIndex index,
            IndexKeeper keeper,
            IndexLoader loader,
            Confirmation database,
            Calibrations calibrations,
            CpuPool cpu) {
        this.index = index;
        this.keeper = keeper;
        this.loader = loader;
        this.database = database;
        this.calibrations = calibrations;
        this.cpu = cpu;
    }

    /// What was found, and how long the scans took.
    ///
    /// @param nanos time on the CPU pool
    public record Result(SearchResponse response, long nanos) {}

    /// One search under way.
    private record Query(
            Requester requester,
            SearchOptions options,
            Embedding embedding,
            Calibration calibration,
            double cosine,
            AtomicLong nanos) {

        Space space() {
            return new Space(requester.tenant(), embedding.revision());
        }

        double threshold() {
            return options.threshold().orElse(calibration.defaultThreshold());
        }
    }

    /// @throws ApiException 400 for a bad request, 404 when all faces are of another revision, 503 while the
    ///                      index loads or the calibration cannot be had
    public Uni<Result> search(Requester requester, SearchRequest request) {
        SearchOptions options = request.options(requester.gallery());
        Embedding embedding = EmbeddingDecoder.decode(request.embedding());
        if (!loader.isLoaded()) {
            throw ApiException.unavailable("The index is being loaded");
        }
        return calibrations
                .of(embedding.revision())
                .map(calibration -> query(requester, options, embedding, calibration))
                .chain(this::find);
    }

    private Uni<Result> find(Query query) {
        return round(query, 0)
                .call(hits -> hits.isEmpty()
                        ? requireComparable(query)
                        : Uni.createFrom().voidItem())
                .map(hits -> result(query, hits));
    }

    /// Nobody is an answer only if the faces could be compared. While a tenant has faces of one revision alone,
    /// this costs a look at the list of spaces; only beside a change of models are the users asked for.
    private Uni<Void> requireComparable(Query query) {
        Tenant tenant = query.requester().tenant();
        return cpu.run(tenant, () -> index.held(tenant)).chain(all -> requireComparable(query, all));
    }

    private Uni<Void> requireComparable(Query query, Set<String> all) {
        Tenant tenant = query.requester().tenant();
        String revision = query.embedding().revision();
        if (all.isEmpty() || all.equals(Set.of(revision))) {
            return Uni.createFrom().voidItem();
        }
        return candidates(query)
                .chain(among -> cpu.run(
                        tenant,
                        () -> among.map(users -> index.held(tenant, users)).orElse(all)))
                .invoke(held -> {
                    if (!held.isEmpty() && !held.contains(revision)) {
                        throw OtherRevision.refusal(revision, held);
                    }
                })
                .replaceWithVoid();
    }

    private static Query query(
            Requester requester, SearchOptions options, Embedding embedding, Calibration calibration) {
        calibration.requireDimension(embedding.vector());
        double threshold = options.threshold().orElse(calibration.defaultThreshold());
        double cosine = calibration.cosineOf(threshold);
        return new Query(requester, options, embedding, calibration, cosine, new AtomicLong());
    }

    private Uni<List<Hit>> round(Query query, int round) {
        return candidates(query)
                .chain(candidates -> scan(query, round, candidates))
                .chain(hits -> confirm(query, round, hits));
    }

    private Uni<List<Hit>> scan(Query query, int round, Optional<Candidates> candidates) {
        return cpu.run(query.requester().tenant(), () -> look(query, fetch(query, round), candidates))
                .onFailure(DamagedRow.class)
                .recoverWithUni(damage -> mend((DamagedRow) damage).chain(() -> scan(query, round, candidates)));
    }

    /// What the index cannot read any more it takes from the database.
    private Uni<Void> mend(DamagedRow damage) {
        return keeper.refresh(damage.space().tenant(), damage.user());
    }

    private Uni<Optional<Candidates>> candidates(Query query) {
        return query.options()
                .gallery()
                .map(gallery ->
                        database.candidates(query.requester().tenant(), gallery).map(Optional::of))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private List<Hit> look(Query query, int k, Optional<Candidates> candidates) {
        long start = System.nanoTime();
        float[] vector = query.embedding().vector();
        List<Hit> hits = candidates
                .map(among -> index.search(query.space(), vector, k, query.cosine(), among))
                .orElseGet(() -> index.search(query.space(), vector, k, query.cosine()));
        query.nanos().addAndGet(System.nanoTime() - start);
        return hits;
    }

    private Uni<List<Hit>> confirm(Query query, int round, List<Hit> hits) {
        return database.confirm(query.requester().tenant(), query.options().gallery(), hits)
                .chain(confirmed -> confirmed.size() == hits.size()
                        ? Uni.createFrom().item(confirmed)
                        : refreshAndRepeat(query, round, hits, confirmed));
    }

    private Uni<List<Hit>> refreshAndRepeat(Query query, int round, List<Hit> hits, List<Hit> confirmed) {
        if (round + 1 >= MAX_ROUNDS) {
            throw ApiException.unavailable("The index is catching up");
        }
        Set<Hit> stale = new HashSet<>(hits);
        confirmed.forEach(stale::remove);
        return Multi.createFrom()
                .iterable(stale)
                .onItem()
                .transformToUniAndConcatenate(
                        hit -> keeper.refresh(query.requester().tenant(), hit.user()))
                .collect()
                .last()
                .chain(() -> round(query, round + 1));
    }

    private static int fetch(Query query, int round) {
        return (int) Math.min((long) query.options().limit() << (GROWTH_BITS * round), MAX_FETCH);
    }

    private static Result result(Query query, List<Hit> hits) {
        List<Match> matches = hits.stream()
                .map(hit -> new Match(hit.user(), query.calibration().score(hit.cosine())))
                .filter(match -> match.score() >= query.threshold())
                .limit(query.options().limit())
                .toList();
        return new Result(new SearchResponse(matches), query.nanos().get());
    }
}
