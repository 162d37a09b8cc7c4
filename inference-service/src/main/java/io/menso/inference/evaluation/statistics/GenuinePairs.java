package io.menso.inference.evaluation.statistics;

import java.util.List;

/// Pairs of pictures of one person.
///
/// @param cosines of each pair
/// @param left    index of the first picture of each pair
/// @param right   index of the second
public record GenuinePairs(float[] cosines, int[] left, int[] right) {

    /// Every pair that there is.
    static GenuinePairs of(Templates templates) {
        int count = Math.toIntExact(templates.genuinePairs());
        GenuinePairs pairs = new GenuinePairs(new float[count], new int[count], new int[count]);
        int next = 0;
        for (int i = 0; i < templates.size(); i++) {
            for (int j = i + 1; j < templates.end(i); j++) {
                pairs.cosines[next] = templates.cosine(i, j);
                pairs.left[next] = i;
                pairs.right[next++] = j;
            }
        }
        return pairs;
    }

    /// Chosen pairs.
    static GenuinePairs of(Templates templates, List<Comparisons.Pair> chosen) {
        int count = chosen.size();
        GenuinePairs pairs = new GenuinePairs(new float[count], new int[count], new int[count]);
        for (int i = 0; i < count; i++) {
            pairs.left[i] = chosen.get(i).left();
            pairs.right[i] = chosen.get(i).right();
            pairs.cosines[i] = templates.cosine(pairs.left[i], pairs.right[i]);
        }
        return pairs;
    }

    public int size() {
        return cosines.length;
    }

    @Override
    public String toString() {
        return "GenuinePairs[" + size() + "]";
    }
}
