package io.menso.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserSetTest {

    private final Random random = new Random(3);

    private UUID user() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static String literal(List<UUID> users) {
        ByteBuffer packed = ByteBuffer.allocate(users.size() * 16);
        users.forEach(user -> packed.putLong(user.getMostSignificantBits()).putLong(user.getLeastSignificantBits()));
        return Base64.getEncoder().encodeToString(packed.array());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 64, 100_000})
    void holdsThoseOfTheLiteralAndNobodyElse(int size) {
        // Given
        List<UUID> users = Stream.generate(this::user).limit(size).toList();

        // When
        UserSet set = UserSet.none().orOf(literal(users));

        // Then
        assertThat(users).allMatch(user -> set.contains(user.toString()));
        assertThat(Stream.generate(this::user).limit(1000)).noneMatch(user -> set.contains(user.toString()));
        assertThat(set.contains("no id")).isFalse();
    }

    @Test
    void idsThatShareAHalfAreKeptApart() {
        // Given
        List<UUID> users = List.of(new UUID(1, 7), new UUID(2, 7), new UUID(0, 0));

        // When
        UserSet set = UserSet.none().orOf(literal(users));

        // Then
        assertThat(users).allMatch(user -> set.contains(user.toString()));
        assertThat(set.contains(new UUID(3, 7).toString())).isFalse();
        assertThat(set.contains(new UUID(7, 1).toString())).isFalse();
    }

    @Test
    void theSameLiteralIsReadOnce() {
        // Given
        String literal = literal(List.of(user()));
        UserSet set = UserSet.none().orOf(literal);

        // When // Then
        assertThat(set.orOf(literal)).isSameAs(set);
        assertThat(set.orOf(literal(List.of()))).isNotSameAs(set);
    }

    @Test
    void anotherStringOfTheSameTextIsRemembered() {
        // Given
        UUID user = user();
        UserSet set = UserSet.none().orOf(literal(List.of(user)));
        String copy = literal(List.of(user));

        // When
        UserSet next = set.orOf(copy);

        // Then
        assertThat(next.contains(user.toString())).isTrue();
        assertThat(next.orOf(copy)).isSameAs(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "AAAA"})
    void anythingElseIsRefused(String literal) {
        assertThatThrownBy(() -> UserSet.none().orOf(literal)).isInstanceOf(SealException.class);
    }
}
