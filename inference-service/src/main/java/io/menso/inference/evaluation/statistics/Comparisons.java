package io.menso.inference.evaluation.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// Everything that was compared with everything.
///
/// @param genuine     each pair of pictures of one person
/// @param genuineRate how the genuine pairs are spread
/// @param impostor    how the pairs of different persons are spread
/// @param sample      as many impostor pairs as there are genuine ones, if there are, in random order
public record Comparisons(GenuinePairs genuine, Distribution genuineRate, Distribution impostor, float[] sample) {

    private static final long SEED = 20_261_122;

    /// Two templates by their indices, and whether they show one person.
    public record Pair(int left, int right, boolean same) {}

    /// Compares every picture with every other.
    public static Comparisons all(Templates templates, int threads) {
        GenuinePairs genuine = GenuinePairs.of(templates);
        return new Comparisons(
                genuine,
                CosineHistogram.of(genuine.cosines()).distribution(),
                ImpostorPairs.histogram(templates, threads).distribution(),
                ImpostorPairs.draw(templates, genuine.size(), new SplittableRandom(SEED)));
    }

    /// Compares the pairs that somebody else chose.
    public static Comparisons listed(Templates templates, List<Pair> pairs) {
        GenuinePairs genuine =
                GenuinePairs.of(templates, pairs.stream().filter(Pair::same).toList());
        List<Pair> strangers = pairs.stream().filter(pair -> !pair.same).toList();
        float[] impostors = new float[strangers.size()];
        for (int i = 0; i < impostors.length; i++) {
            impostors[i] = templates.cosine(strangers.get(i).left, strangers.get(i).right);
        }
        float[] sample = impostors.clone();
        Folds.shuffle(sample, new SplittableRandom(SEED));
        return new Comparisons(
                genuine,
                CosineHistogram.of(genuine.cosines()).distribution(),
                CosineHistogram.of(impostors).distribution(),
                Arrays.copyOf(sample, Math.min(sample.length, genuine.size())));
    }

    /// How the pairs of different persons are spread, where nothing else is asked.
    public static Distribution strangers(Templates templates, int threads) {
        return ImpostorPairs.histogram(templates, threads).distribution();
    }

    /// Accuracy on genuine pairs and as many impostor pairs, see [Folds]; absent with fewer than ten of a kind.
    public OptionalDouble accuracy() {
        if (Math.min(genuine.size(), sample.length) < Folds.FOLDS) {
            return OptionalDouble.empty();
        }
        float[] shuffled = genuine.cosines().clone();
        Folds.shuffle(shuffled, new SplittableRandom(SEED + 1));
        return OptionalDouble.of(Folds.accuracy(shuffled, sample));
    }

    public ErrorRates rates() {
        return new ErrorRates(genuineRate, impostor);
    }

    @Override
    public String toString() {
        return "Comparisons[" + genuine.size() + ", " + impostor.total() + "]";
    }
}
