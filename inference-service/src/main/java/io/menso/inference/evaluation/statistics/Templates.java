package io.menso.inference.evaluation.statistics;

import java.util.List;

/// Vectors of unit length and whose they are, with the pictures of a person side by side.
public final class Templates {

    private final float[][] vectors;
    private final int[] persons;
    private final int[] ends;

    /// @param vectors of one length each
    /// @param names   person of each vector; the vectors of a person follow each other
    public Templates(List<float[]> vectors, List<String> names) {
        this.vectors = vectors.toArray(float[][]::new);
        this.persons = new int[names.size()];
        this.ends = new int[names.size()];
        for (int i = 1; i < names.size(); i++) {
            persons[i] = persons[i - 1] + (names.get(i).equals(names.get(i - 1)) ? 0 : 1);
        }
        for (int i = names.size() - 1; i >= 0; i--) {
            ends[i] = i + 1 < names.size() && persons[i + 1] == persons[i] ? ends[i + 1] : i + 1;
        }
        if (names.stream().distinct().count() != persons()) {
            throw new IllegalArgumentException("the vectors of a person do not follow each other");
        }
    }

    public int size() {
        return vectors.length;
    }

    public int persons() {
        return persons.length == 0 ? 0 : persons[persons.length - 1] + 1;
    }

    public int dimension() {
        return vectors.length == 0 ? 0 : vectors[0].length;
    }

    float[] vector(int i) {
        return vectors[i];
    }

    /// Index behind the last picture of the person of picture `i`.
    int end(int i) {
        return ends[i];
    }

    boolean same(int left, int right) {
        return persons[left] == persons[right];
    }

    /// Pairs of two pictures of one person.
    public long genuinePairs() {
        long pairs = 0;
        for (int i = 0; i < ends.length; i++) {
            pairs += ends[i] - i - 1;
        }
        return pairs;
    }

    /// Pairs of pictures of two persons.
    public long impostorPairs() {
        return (long) size() * (size() - 1) / 2 - genuinePairs();
    }

    float cosine(int left, int right) {
        float[] a = vectors[left];
        float[] b = vectors[right];
        float sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }
}
