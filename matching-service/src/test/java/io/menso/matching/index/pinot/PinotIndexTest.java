package io.menso.matching.index.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant;
import io.menso.matching.Vectors;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Space;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The index over a real Pinot of two servers that holds 100,000 templates, beside the local index with the same.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PinotIndexTest {

    private static final int DIMENSION = 128;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Space LARGE = space("large", "abc1234");
    private static final Space MIDDLE = space("middle", "abc1234");
    private static final Space SMALL = space("small", "abc1234");
    private static final Space OLD = space("small", "old1234");
    private static final int TEMPLATES = 100_000;
    private static final double ALL = -2;
    private static final Map<Space, Integer> SIZES = Map.of(LARGE, 70_000, MIDDLE, 25_000, SMALL, 4_000, OLD, 1_000);

    private final Random random = new Random(7);
    private PinotBed bed;
    private PinotIndex index;
    private long version = 1;

    @BeforeAll
    void start() throws Exception {
        bed = PinotBed.start();
        SIZES.forEach((space, size) -> bed.add(
                space, Stream.generate(() -> entry(version++)).limit(size).toList()));
        index = bed.index();
        await().atMost(PATIENCE).until(() -> {
            index.count();
            return index.size() == TEMPLATES;
        });
    }

    @AfterAll
    void stop() {
        bed.close();
    }

    @Test
    void answersEqualThoseOfTheLocalIndex() {
        for (Space space : SIZES.keySet()) {
            for (float[] query : bed.queries(space, 2, random)) {
                for (double threshold : new double[] {ALL, 0.3, 0.5}) {
                    // When
                    List<Hit> found = index.search(space, query, 20, threshold);

                    // Then
                    PinotBed.assertSame(found, bed.local().search(space, query, 20, threshold));
                }
            }
        }
    }

    @Test
    void answersAmongSomeEqualThoseOfTheLocalIndex() {
        List<UUID> users = bed.entries(LARGE).stream().map(Entry::user).toList();
        int named = bed.settings().pinot().namedUsers();
        for (int size : new int[] {0, 10, named, named + 1, 40_000}) {
            List<UUID> gallery = new ArrayList<>(users.subList(100, 100 + size));
            gallery.add(bed.entries(MIDDLE).getFirst().user());
            Candidates among = Candidates.of(gallery);
            for (float[] query : bed.queries(LARGE, 1, random)) {
                for (double threshold : new double[] {ALL, 0.3}) {
                    // When
                    List<Hit> found = index.search(LARGE, query, 5, threshold, among);

                    // Then
                    PinotBed.assertSame(found, bed.local().search(LARGE, query, 5, threshold, among));
                }
            }
        }
    }

    @Test
    void tellsUnderWhichRevisionsThereAreFaces() {
        // Given
        Candidates old = Candidates.of(List.of(bed.entries(OLD).getFirst().user()));

        // When // Then
        assertThat(index.held(SMALL.tenant())).containsExactlyInAnyOrder(SMALL.revision(), OLD.revision());
        assertThat(index.held(SMALL.tenant(), old)).containsExactly(OLD.revision());
        assertThat(index.held(Tenant.of("nobody", "production"))).isEmpty();
    }

    @Test
    void equalFacesComeInTheOrderOfTheirIds() {
        // Given
        Space space = space("ties", "abc1234");
        float[] face = Vectors.random(random, DIMENSION);
        List<Entry> twins = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            twins.add(new Entry(user(), i + 1, face));
        }
        bed.publish(space, twins);

        // When
        List<Hit> found = index.search(space, face, 10, 0.9);

        // Then
        bed.local().put(space, twins);
        PinotBed.assertSame(found, bed.local().search(space, face, 10, 0.9));
    }

    @Test
    void eventsThatComeTwiceAndInDisorderLeaveTheNewest() {
        // Given
        Space space = space("disorder", "abc1234");
        UUID user = user();
        float[] first = Vectors.random(random, DIMENSION);
        float[] second = Vectors.random(random, DIMENSION);
        UUID gone = user();
        float[] deleted = Vectors.random(random, DIMENSION);

        // When
        for (int round = 0; round < 2; round++) {
            bed.topic().changed(space, new Entry(user, 11, second));
            bed.topic().changed(space, new Entry(user, 10, first));
            bed.topic().deleted(space, gone, 13);
            bed.topic().changed(space, new Entry(gone, 12, deleted));
        }
        bed.publish(space, List.of(new Entry(user(), 20, Vectors.random(random, DIMENSION))));

        // Then
        assertThat(index.search(space, second, 5, 0.9)).extracting(Hit::version).containsExactly(11L);
        assertThat(index.search(space, first, 5, 0.9)).isEmpty();
        assertThat(index.search(space, deleted, 5, 0.9)).isEmpty();
        assertThat(index.search(space, second, 5, ALL)).hasSize(2);
    }

    @Test
    void anEventWithoutAVectorIsNoRow() {
        // Given
        Space space = space("plain", "abc1234");
        UUID user = user();
        String event = """
                {"id":"%s","type":"template.changed","time":1,"customer":"plain","environment":"production","version":9,
                 "data":{"user":"%s","revision":"abc1234","dimension":128}}""";

        // When
        bed.topic().send("plain/production/" + user, event.formatted(UUID.randomUUID(), user));
        bed.publish(space, List.of(new Entry(user(), 10, Vectors.random(random, DIMENSION))));

        // Then
        assertThat(index.search(space, Vectors.random(random, DIMENSION), 5, -3))
                .extracting(Hit::version)
                .containsExactly(10L);
    }

    @Test
    void anotherKeyIsAnErrorAndNotAnEmptyAnswer(@TempDir Path directory) throws Exception {
        // Given
        Path other =
                Files.writeString(directory.resolve("key"), Base64.getEncoder().encodeToString(new byte[32]));
        PinotIndex stranger = bed.index(bed.settings("key-file", other.toString()));

        // When // Then
        assertUnavailable(
                () -> stranger.search(MIDDLE, bed.entries(MIDDLE).getFirst().vector(), 1, 0.9), "error");
    }

    @Test
    void writesAreFoundBeforePinotShowsThemAndLetGoAfterwards() {
        // Given
        PinotIndex replica = bed.index(bed.settings("linger", "0s"));
        Entry known = bed.entries(SMALL).get(17);
        Entry moved = new Entry(known.user(), 1_000_001, Vectors.random(random, DIMENSION));
        Entry fresh = new Entry(user(), 1_000_002, Vectors.random(random, DIMENSION));

        // When
        replica.put(SMALL, List.of(moved, fresh));

        // Then
        assertThat(replica.search(SMALL, moved.vector(), 1, 0.9))
                .extracting(Hit::version)
                .containsExactly(1_000_001L);
        assertThat(replica.search(SMALL, fresh.vector(), 1, 0.9))
                .extracting(Hit::user)
                .containsExactly(fresh.user());
        assertThat(replica.search(SMALL, known.vector(), 1, 0.9)).isEmpty();
        replica.settle();
        assertThat(replica.recentWrites()).isEqualTo(2);

        // When
        bed.topic().changed(SMALL, moved);
        bed.topic().changed(SMALL, fresh);

        // Then
        await().atMost(PATIENCE).until(() -> {
            replica.settle();
            return replica.recentWrites() == 0;
        });
        assertThat(replica.search(SMALL, moved.vector(), 1, 0.9))
                .extracting(Hit::version)
                .containsExactly(1_000_001L);

        // When
        replica.remove(SMALL, moved.user());

        // Then
        assertThat(replica.search(SMALL, moved.vector(), 1, 0.9)).isEmpty();
        bed.topic().changed(SMALL, new Entry(known.user(), 1_000_003, known.vector()));
        bed.topic().deleted(SMALL, fresh.user(), 1_000_004);
        await().atMost(PATIENCE)
                .until(() -> replica.search(SMALL, known.vector(), 1, 0.9).size() == 1
                        && replica.search(SMALL, fresh.vector(), 1, 0.9).isEmpty());
        bed.local().put(SMALL, List.of(new Entry(known.user(), 1_000_003, known.vector())));
    }

    @Test
    void refusesWhatCannotBeCompared() {
        float[] short_ = Vectors.random(random, 64);
        float[] notANumber = Vectors.random(random, DIMENSION);
        notANumber[5] = Float.NaN;

        assertThatThrownBy(() -> index.search(LARGE, short_, 1, 0.3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("vectors of this space have 128 numbers");
        assertThatThrownBy(() -> bed.index().put(space("new", "r"), List.of(entry(1), new Entry(user(), 2, short_))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.search(LARGE, notANumber, 1, 0.3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unit length");
        assertThatThrownBy(() -> index.search(LARGE, new float[DIMENSION], 1, 0.3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.search(LARGE, Vectors.random(random, DIMENSION), 0, 0.3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(index.search(space("large", "unknown"), short_, 1, 0.3)).isEmpty();
        assertThat(index.search(LARGE, Vectors.random(random, DIMENSION), 1, Double.POSITIVE_INFINITY))
                .isEmpty();
    }

    /// A killed server is noticed by an error at first; no answer may lack what it held.
    @Test
    void noAnswerIsIncompleteWhileAServerDiesAndComesBack() throws Exception {
        // Given
        Entry known = bed.entries(LARGE).get(4711);
        List<Hit> complete = index.search(LARGE, known.vector(), 5, 0.2);

        // When
        bed.pinot().killServer(1);

        // Then
        await().atMost(PATIENCE).until(() -> isAnswered(known, complete));
        assertThat(isAnswered(known, complete)).isTrue();

        // When
        bed.pinot().restartServer(1);

        // Then
        for (int i = 0; i < 10; i++) {
            await().atMost(PATIENCE).until(() -> isAnswered(known, complete));
        }
    }

    private boolean isAnswered(Entry known, List<Hit> complete) {
        try {
            PinotBed.assertSame(index.search(LARGE, known.vector(), 5, 0.2), complete);
            return true;
        } catch (ApiException e) {
            assertThat(e.status()).isEqualTo(503);
            return false;
        }
    }

    private static void assertUnavailable(ThrowingCallable search, String reason) {
        assertThatThrownBy(search)
                .isInstanceOfSatisfying(ApiException.class, e -> {
                    assertThat(e.status()).isEqualTo(503);
                    assertThat(e.headers()).containsKey("Retry-After");
                })
                .hasMessageContaining(reason);
    }

    private Entry entry(long version) {
        return new Entry(user(), version, Vectors.random(random, DIMENSION));
    }

    private UUID user() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static Space space(String customer, String revision) {
        return new Space(Tenant.of(customer, "production"), revision);
    }
}
