package io.menso.matching.index.pinot;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.Tenant;
import io.menso.matching.Vectors;
import io.menso.matching.index.Entry;
import io.menso.matching.index.Hit;
import io.menso.matching.index.Space;
import io.menso.matching.index.local.LocalIndex;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RecentWritesTest {

    private static final Space SPACE = new Space(Tenant.of("acme", "production"), "rev1");
    private static final float[] FACE = Vectors.at(1, 1);

    private final UUID user = UUID.randomUUID();
    private final RecentWrites recent = new RecentWrites(LocalIndex.create(), 2);

    private List<Hit> merged(Hit... found) {
        return recent.merge(SPACE, FACE, 5, 0.5, null, List.of(found)).hits();
    }

    private Entry entry(UUID user, long version) {
        return new Entry(user, version, FACE);
    }

    @Test
    void aNewerWriteTakesThePlaceOfWhatPinotFound() {
        recent.put(SPACE, List.of(entry(user, 7)), 0);

        assertThat(merged(new Hit(user, 6, 0.7)))
                .extracting(Hit::version, Hit::cosine)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(7L, 1.0));
    }

    @Test
    void whatPinotShowsInANewerVersionCounts() {
        recent.put(SPACE, List.of(entry(user, 7)), 0);

        assertThat(merged(new Hit(user, 8, 0.7))).extracting(Hit::version).containsExactly(8L);
    }

    @Test
    void anOlderWriteChangesNothing() {
        recent.put(SPACE, List.of(entry(user, 7)), 0);
        recent.put(SPACE, List.of(entry(user, 6)), 0);

        assertThat(recent.version(SPACE, user)).hasValue(7);
    }

    @Test
    void aRemovalHidesUpToItsVersion() {
        recent.remove(SPACE, user, 9, 0);

        assertThat(merged(new Hit(user, 9, 0.7))).isEmpty();
        assertThat(merged(new Hit(user, 10, 0.7))).hasSize(1);
        assertThat(recent.version(SPACE, user)).isEmpty();
    }

    @Test
    void aWriteAfterARemovalCounts() {
        recent.remove(SPACE, user, 9, 0);
        recent.put(SPACE, List.of(entry(user, 3)), 0);

        assertThat(merged()).hasSize(1);
    }

    @Test
    void hiddenHitsAreCountedSoThatMoreCanBeAskedFor() {
        recent.remove(SPACE, user, 9, 0);

        assertThat(recent.merge(SPACE, FACE, 5, 0.5, null, List.of(new Hit(user, 9, 0.7)))
                        .hidden())
                .isEqualTo(1);
    }

    @Test
    void whatPinotHasShownGoesAfterAWhileAndFirstWhenThereIsNoRoom() {
        // Given
        recent.put(SPACE, List.of(entry(user, 7)), 0);
        recent.shown(recent.waiting(10), 100);

        // When
        recent.forgetShownBefore(100);

        // Then
        assertThat(recent.size()).isEqualTo(1);
        recent.forgetShownBefore(101);
        assertThat(recent.size()).isZero();
        assertThat(merged()).isEmpty();
    }

    @Test
    void aLostWriteIsNoted() {
        // Given
        recent.put(SPACE, List.of(entry(user, 1), entry(UUID.randomUUID(), 2)), 0);
        assertThat(recent.isOverrun()).isFalse();

        // When
        recent.put(SPACE, List.of(entry(UUID.randomUUID(), 3)), 0);

        // Then
        assertThat(recent.isOverrun()).isTrue();
        assertThat(recent.size()).isEqualTo(2);
        recent.clearOverrun();
        recent.shown(recent.waiting(1), 5);
        recent.put(SPACE, List.of(entry(UUID.randomUUID(), 4)), 0);
        assertThat(recent.isOverrun()).isFalse();
        assertThat(recent.size()).isEqualTo(2);
    }

    @Test
    void aWriteThatChangedMeanwhileIsNotTakenForShown() {
        // Given
        recent.put(SPACE, List.of(entry(user, 7)), 0);
        List<RecentWrites.Write> looked = recent.waiting(10);

        // When
        recent.put(SPACE, List.of(entry(user, 8)), 1);
        recent.shown(looked, 2);

        // Then
        assertThat(recent.waiting(10)).hasSize(1);
    }
}
