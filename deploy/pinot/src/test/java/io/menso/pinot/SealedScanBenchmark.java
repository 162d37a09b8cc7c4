package io.menso.pinot;

import io.menso.pinot.TemplateSealTest.Vectors;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many sealed rows one core compares in a second. Not found by the build:
/// `mvn -pl deploy/pinot test -Dtest=SealedScanBenchmark -Dtest.jvmArgs=-XX:+UseSerialGC`, with the optimising
/// compiler.
class SealedScanBenchmark {

    private static final int ROWS = 20_000;
    private static final int ROUNDS = 30;

    @ParameterizedTest
    @ValueSource(ints = {128, 512})
    void rowsOfASecond(int dimension) {
        Random random = new Random(1);
        PinotKey key = Vectors.key(1);
        TemplateSeal seal = new TemplateSeal(key);
        TemplateId[] ids = new TemplateId[ROWS];
        byte[][] rows = new byte[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            ids[i] = new TemplateId("acme/production", "00000000-0000-7000-8000-" + i, "abc1234", i);
            rows[i] = seal.seal(ids[i], Vectors.unit(random, dimension));
        }
        String query =
                Base64.getEncoder().encodeToString(seal.sealQuery("acme/production", Vectors.unit(random, dimension)));
        SealedScan scan = new SealedScan(key);
        double best = 0;
        double sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < ROWS; i++) {
                sum += scan.cosine(rows[i], ids[i], query);
            }
            best = Math.max(best, ROWS * 1e9 / (System.nanoTime() - start));
        }
        System.out.printf(
                Locale.ROOT, "dimension=%d rows/s=%.0f ns/row=%.0f check=%.3f%n", dimension, best, 1e9 / best, sum);
    }
}
