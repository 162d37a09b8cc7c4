package io.menso.matching.index.local;

import io.menso.matching.Vectors;
import io.menso.matching.index.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// A process that stores row after row, and says how many, until it is killed.
final class KilledWriter {

    private KilledWriter() {}

    public static void main(String[] arguments) {
        LocalIndex index = LocalIndex.open(RestartTest.options(Path.of(arguments[0])), new FakeKeys("one"));
        for (int i = 1; true; i++) {
            index.put(RestartTest.SPACE, List.of(entry(i)));
            System.out.println(i);
        }
    }

    /// The same whoever asks.
    static Entry entry(int number) {
        Random random = new Random(number);
        return new Entry(
                new UUID(random.nextLong(), random.nextLong()), number, Vectors.random(random, RestartTest.DIMENSION));
    }
}
