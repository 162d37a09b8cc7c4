package io.menso.bench.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// How similar different persons are, measured on pairs: what share of strangers a threshold lets through.
///
/// @param mean  mean cosine
/// @param sigma standard deviation
/// @param pairs how many were compared
/// @param above pairs with at least the cosine `-1 + i * STEP`, by `i`
public record Impostors(
        @JsonProperty("mean") double mean,
        @JsonProperty("sigma") double sigma,
        @JsonProperty("pairs") long pairs,
        @JsonProperty("above") long[] above) {

    private static final double STEP = 0.0005;
    private static final int BINS = (int) Math.round(2 / STEP) + 1;
    private static final int GALLERY = 20_000;

    /// Below so many pairs a share is not worth its name.
    private static final int FEWEST = 20;

    /// @param probes strangers, each compared with 20,000 others
    static Impostors measure(Generator generator, int probes, Parallel parallel) {
        float[][] gallery = parallel.split(GALLERY, (from, to) -> strangers(generator, from, to)).stream()
                .flatMap(List::stream)
                .toArray(float[][]::new);
        List<Tally> tallies = parallel.split(probes, (from, to) -> {
            Tally tally = new Tally();
            for (int probe = from; probe < to; probe++) {
                tally.compare(Gallery.stranger(generator, GALLERY + probe), gallery);
            }
            return tally;
        });
        return tallies.stream().reduce(new Tally(), Tally::add).result();
    }

    private static List<float[]> strangers(Generator generator, int from, int to) {
        return java.util.stream.IntStream.range(from, to)
                .mapToObj(number -> Gallery.stranger(generator, number))
                .toList();
    }

    /// Share of strangers' pairs at or above a cosine.
    public double fmr(double threshold) {
        int bin = (int) Math.floor((threshold + 1) / STEP + 1e-9);
        return (double) above[Math.clamp(bin, 0, BINS - 1)] / pairs;
    }

    /// Lowest cosine that at most this share of strangers' pairs reach.
    ///
    /// @throws IllegalArgumentException if so small a share was not measured
    public double threshold(double fmr) {
        if (fmr * pairs < FEWEST) {
            throw new IllegalArgumentException("an FMR of " + fmr + " needs more than " + pairs + " pairs");
        }
        int bin = 0;
        while (above[bin] > fmr * pairs) {
            bin++;
        }
        return Math.round((bin * STEP - 1) / STEP) * STEP;
    }

    private static final class Tally {

        private final long[] counts = new long[BINS];
        private long pairs;
        private double sum;
        private double squares;

        void compare(float[] probe, float[][] gallery) {
            for (float[] other : gallery) {
                double cosine = Kernels.dot(java.lang.foreign.MemorySegment.ofArray(other), 0, probe);
                counts[Math.clamp((int) Math.floor((cosine + 1) / STEP), 0, BINS - 1)]++;
                sum += cosine;
                squares += cosine * cosine;
            }
            pairs += gallery.length;
        }

        Tally add(Tally other) {
            for (int i = 0; i < BINS; i++) {
                counts[i] += other.counts[i];
            }
            pairs += other.pairs;
            sum += other.sum;
            squares += other.squares;
            return this;
        }

        Impostors result() {
            long[] above = new long[BINS];
            long reached = 0;
            for (int i = BINS - 1; i >= 0; i--) {
                reached += counts[i];
                above[i] = reached;
            }
            double mean = sum / pairs;
            return new Impostors(mean, Math.sqrt(squares / pairs - mean * mean), pairs, above);
        }
    }
}
