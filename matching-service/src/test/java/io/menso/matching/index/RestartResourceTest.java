package io.menso.matching.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.Tenant;
import io.menso.matching.MatchingTest;
import io.menso.matching.Vectors;
import io.menso.matching.face.StoredTemplate;
import io.menso.matching.face.TemplateReader;
import io.menso.matching.face.TemplateVersions;
import io.menso.matching.index.local.LocalIndex;
import io.menso.matching.index.local.LocalIndexOptions;
import io.menso.matching.index.pinot.PinotIndex;
import io.menso.matching.index.pinot.PinotLoader;
import io.menso.matching.runtime.CpuPool;
import io.menso.matching.tenantkey.TenantKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Restarts an index of its own beside the service's, with the real database and real keys.
@QuarkusTest
class RestartResourceTest extends MatchingTest {

    private static final double ALL = -2;

    private final Random random = new Random(4);

    @Inject
    TemplateVersions versions;

    @Inject
    TenantKeys keys;

    @Inject
    CpuPool cpu;

    @Inject
    IndexConfig config;

    @Inject
    Instance<PinotIndex> pinot;

    @Inject
    Instance<PinotLoader> pinotLoader;

    @Inject
    VectorIndex service;

    @Inject
    Pool pool;

    @TempDir
    Path directory;

    /// Files as they are after a start with what the database has, and how many templates were read from it.
    private record Started(LocalIndex index, Reads reads, IndexKeeper keeper, IndexLoader loader)
            implements AutoCloseable {

        @Override
        public void close() {
            index.close();
        }
    }

    /// The database's templates, counted.
    private static final class Reads extends TemplateReader {

        private int count;

        Reads(Pool pool) {
            super(pool);
        }

        @Override
        public Uni<List<StoredTemplate>> page(Position after, int limit) {
            return super.page(after, limit).invoke(page -> count += page.size());
        }

        @Override
        public Uni<List<StoredTemplate>> ofUsers(Tenant tenant, Collection<UUID> users) {
            return super.ofUsers(tenant, users).invoke(page -> count += page.size());
        }
    }

    private Started start() {
        LocalIndex index = LocalIndex.open(LocalIndexOptions.defaults().with(directory), new TenantIndexKeys(keys));
        Reads reads = new Reads(pool);
        IndexKeeper keeper = new IndexKeeper(index, reads, keys);
        RestartLoader restart = new RestartLoader(versions, reads, keys, keeper, config);
        IndexLoader loader = new IndexLoader(index, keeper, reads, keys, cpu, config, pinot, pinotLoader, restart);
        loader.rebuild();
        return new Started(index, reads, keeper, loader);
    }

    private Space space() {
        return new Space(Tenant.of(customer, "production"), REVISION);
    }

    private void assertAnswersLikeTheService(LocalIndex index) {
        for (int i = 0; i < 10; i++) {
            float[] query = Vectors.random(random, Vectors.DIMENSION);
            assertThat(index.search(space(), query, 100, ALL)).isEqualTo(service.search(space(), query, 100, ALL));
        }
    }

    private List<UUID> enrolled(int count) {
        List<UUID> users = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            users.add(enrolled(Vectors.random(random, Vectors.DIMENSION)));
        }
        return users;
    }

    @Test
    @DisplayName("A restart takes from files what the database still has, and from the database what changed")
    void restart() {
        List<UUID> users = enrolled(30);
        try (Started first = start()) {
            assertThat(first.reads().count).isGreaterThanOrEqualTo(30);
            assertAnswersLikeTheService(first.index());
        }
        try (Started second = start()) {
            assertThat(second.reads().count).as("read from the database").isZero();
            assertThat(second.loader().isLoaded()).isTrue();
            assertAnswersLikeTheService(second.index());
        }
        enrolled(3);
        system().delete("/v3/users/{user}/face", users.get(0)).then().statusCode(204);
        erase(users.get(1)).statusCode(204);
        enroll(system(), users.get(2), Vectors.random(random, Vectors.DIMENSION))
                .statusCode(200);
        try (Started third = start()) {
            assertThat(third.reads().count).isEqualTo(4);
            assertThat(third.index().version(space(), users.get(0))).isEmpty();
            assertThat(third.index().version(space(), users.get(1))).isEmpty();
            assertAnswersLikeTheService(third.index());
        }
    }

    @Test
    @DisplayName("Files whose versions the database has not given yet are of another past, and are not used")
    void databaseRestored() {
        UUID user = enrolled(1).getFirst();
        try (Started first = start()) {
            first.index()
                    .put(space(), List.of(new Entry(user, Long.MAX_VALUE, Vectors.random(random, Vectors.DIMENSION))));
        }
        try (Started second = start()) {
            assertThat(second.reads().count).isPositive();
            assertAnswersLikeTheService(second.index());
        }
    }

    @Test
    @DisplayName("All pages of versions together are what the database has")
    void pages() {
        List<UUID> users = enrolled(7);
        List<UUID> found = new ArrayList<>();
        TemplateReader.Position position = TemplateReader.START;
        while (position != null) {
            TemplateReader.Position after = position;
            TemplateVersions.Page page = versions.page(after, 2).await().atMost(Duration.ofSeconds(5));
            page.spaces().forEach((space, known) -> {
                if (space.equals(space())) {
                    known.forEach((user, version) -> {
                        assertThat(service.version(space, user)).hasValue(version);
                        found.add(user);
                    });
                }
            });
            position = page.last().orElse(null);
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(users);
    }

    @Test
    @DisplayName("A damaged vector is read from the database, and the search can be repeated")
    void damaged() throws Exception {
        enrolled(3);
        try (Started first = start()) {
            Path file = directory.resolve("vectors");
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 20; at < bytes.length; at++) {
                bytes[at] ^= bytes[at] == 0 ? (byte) 0 : (byte) 1;
            }
            Files.write(file, bytes, StandardOpenOption.WRITE);
            float[] query = Vectors.random(random, Vectors.DIMENSION);

            List<Hit> hits = mended(first, query);

            assertThat(hits).hasSize(3).isEqualTo(service.search(space(), query, 5, ALL));
        }
    }

    /// As the search service does it.
    private List<Hit> mended(Started started, float[] query) {
        int damages = 0;
        while (true) {
            try {
                List<Hit> hits = started.index().search(space(), query, 5, ALL);
                assertThat(damages).isEqualTo(3);
                return hits;
            } catch (DamagedRow damage) {
                damages++;
                started.keeper()
                        .refresh(damage.space().tenant(), damage.user())
                        .await()
                        .atMost(Duration.ofSeconds(5));
            }
        }
    }
}
