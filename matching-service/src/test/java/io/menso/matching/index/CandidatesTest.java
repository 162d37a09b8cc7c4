package io.menso.matching.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private final Random random = new Random(1);

    private static List<UUID> all(Candidates candidates) {
        List<UUID> users = new ArrayList<>();
        candidates.forEach(users::add);
        return users;
    }

    private List<UUID> users(int count) {
        return Stream.generate(() -> new UUID(random.nextLong(), random.nextLong()))
                .limit(count)
                .toList();
    }

    @Test
    void holdsEveryUserOnceInTheOrderOfTheIdsText() {
        List<UUID> users = users(500);
        List<UUID> twice = new ArrayList<>(users);
        twice.addAll(users.subList(0, 100));
        Collections.shuffle(twice, random);

        Candidates candidates = Candidates.of(twice);

        assertThat(all(candidates).stream().map(UUID::toString))
                .isEqualTo(users.stream().map(UUID::toString).sorted().toList());
        assertThat(candidates.size()).isEqualTo(500);
    }

    @Test
    void readsWhatPostgresqlPacksInOrderOrNot() {
        List<UUID> sorted = all(Candidates.of(users(9)));
        for (List<UUID> users : List.of(sorted, sorted.reversed(), List.of(sorted.get(3), sorted.get(3)))) {
            ByteBuffer packed = ByteBuffer.allocate(16 * users.size());
            users.forEach(
                    user -> packed.putLong(user.getMostSignificantBits()).putLong(user.getLeastSignificantBits()));

            assertThat(all(Candidates.ofBytes(packed.array())))
                    .isEqualTo(users.stream()
                            .distinct()
                            .sorted((a, b) -> a.toString().compareTo(b.toString()))
                            .toList());
        }
    }

    @Test
    void knowsWhoBelongsToIt() {
        List<UUID> users = users(1000);
        Candidates candidates = Candidates.of(users.subList(0, 500));

        assertThat(users.subList(0, 500)).allMatch(candidates::contains);
        assertThat(users.subList(500, 1000)).noneMatch(candidates::contains);
        assertThat(candidates.anyMatch(users.get(7)::equals)).isTrue();
        assertThat(candidates.anyMatch(users.get(700)::equals)).isFalse();
    }

    @Test
    void mayBeEmpty() {
        Candidates nobody = Candidates.of(List.of());

        assertThat(nobody.size()).isZero();
        assertThat(nobody.contains(new UUID(0, 0))).isFalse();
    }

    @Test
    void refusesHalfAnId() {
        assertThatThrownBy(() -> Candidates.ofBytes(new byte[24])).isInstanceOf(IllegalArgumentException.class);
    }
}
