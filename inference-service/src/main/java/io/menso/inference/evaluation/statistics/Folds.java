package io.menso.inference.evaluation.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Pairs accuracy by ten folds, as for Labeled Faces in the Wild: each fold is judged with the threshold that is best
/// on
/// the other nine. `inference-service/training/verification.py` does the same.
final class Folds {

    /// Number of folds, and least number of pairs of a kind.
    static final int FOLDS = 10;

    private Folds() {}

    /// Share of right answers, 0 to 1; genuine and impostor pairs count half each.
    ///
    /// @param genuine  cosines in random order, at least 10
    /// @param impostor cosines in random order, at least 10
    static double accuracy(float[] genuine, float[] impostor) {
        if (genuine.length < FOLDS || impostor.length < FOLDS) {
            throw new IllegalArgumentException("ten folds need ten pairs of each kind");
        }
        double right = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            float threshold = best(part(genuine, fold, false), part(impostor, fold, false));
            float[] same = part(genuine, fold, true);
            float[] different = part(impostor, fold, true);
            right += (atOrAbove(same, threshold) / (double) same.length
                            + 1
                            - atOrAbove(different, threshold) / (double) different.length)
                    / 2;
        }
        return right / FOLDS;
    }

    /// The cosine of a pair that accepts most genuine and refuses most impostor pairs; the smallest of several.
    private static float best(float[] genuine, float[] impostor) {
        Arrays.sort(genuine);
        Arrays.sort(impostor);
        float best = 0;
        long most = -1;
        int lost = 0;
        int refused = 0;
        while (lost < genuine.length || refused < impostor.length) {
            boolean nextIsGenuine =
                    refused == impostor.length || (lost < genuine.length && genuine[lost] <= impostor[refused]);
            float threshold = nextIsGenuine ? genuine[lost] : impostor[refused];
            long correct = (long) genuine.length - lost + refused;
            if (correct > most) {
                most = correct;
                best = threshold;
            }
            while (lost < genuine.length && genuine[lost] == threshold) {
                lost++;
            }
            while (refused < impostor.length && impostor[refused] == threshold) {
                refused++;
            }
        }
        return best;
    }

    private static float[] part(float[] values, int fold, boolean inside) {
        float[] part = new float[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if ((i % FOLDS == fold) == inside) {
                part[count++] = values[i];
            }
        }
        return Arrays.copyOf(part, count);
    }

    private static long atOrAbove(float[] values, float threshold) {
        long count = 0;
        for (float value : values) {
            count += value >= threshold ? 1 : 0;
        }
        return count;
    }

    static void shuffle(float[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            float kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
    }
}
