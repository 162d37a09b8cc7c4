package io.menso.inference.evaluation;

import com.sun.management.OperatingSystemMXBean;
import io.menso.inference.analysis.Timings;
import io.menso.inference.batch.Futures;
import io.menso.inference.embedding.Embedder;
import io.menso.inference.image.Pixels;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/// How many aligned faces the embedding takes in a second of processor time: one after the other on one thread, numbers
/// for the network, the network itself and normalising. Time of the processor rather than of the clock, so that other
/// work on the machine changes little; the median of some rounds.
final class EmbeddingSpeed {

    private static final int ROUNDS = 5;
    private static final int WARM_UP = 2;
    private static final int FACES = 40;
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private EmbeddingSpeed() {}

    /// Faces a second of one core.
    static double measure(Embedder embedder) {
        Pixels face = noise();
        IntStream.range(0, WARM_UP).forEach(_ -> round(embedder, face));
        double[] rates = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rates[i] = round(embedder, face);
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    private static double round(Embedder embedder, Pixels face) {
        long start = SYSTEM.getProcessCpuTime();
        for (int i = 0; i < FACES; i++) {
            Futures.await(embedder.embed(face, new Timings()), PATIENCE);
        }
        return FACES * 1e9 / (SYSTEM.getProcessCpuTime() - start);
    }

    /// A network takes the same time for anything.
    private static Pixels noise() {
        Random random = new Random(1);
        int[] rgb = new int[Embedder.SIDE * Embedder.SIDE];
        Arrays.setAll(rgb, _ -> random.nextInt(1 << 24));
        return new Pixels(Embedder.SIDE, Embedder.SIDE, rgb);
    }
}
