package io.menso.matching.index.local;

/// The sums that kernels make, from one row's code and in the plainest way: bit by bit, as the formulas say.
final class Sums {

    private Sums() {}

    /// What a probe's estimate at a level is made of.
    static int of(Layout layout, Code code, Probe probe, int level) {
        return level == 0 ? scan(layout, code, probe.tables()) : differing(layout, code, probe.bits(), 0, level);
    }

    static int scan(Layout layout, Code code, byte[] tables) {
        int sum = 0;
        for (int plane = 0; plane < layout.planesThrough(0); plane++) {
            int weight = 1 << layout.planesThrough(0) - 1 - plane;
            for (int dimension = 0; dimension < layout.padded(); dimension += 4) {
                int four = 0;
                for (int i = 0; i < 4; i++) {
                    four |= bit(layout, code.words(), 0, plane, dimension + i) << i;
                }
                sum += weight * tables[(plane * layout.padded() / 4 + dimension / 4) * Kernel.ENTRIES + four];
            }
        }
        return sum;
    }

    /// @param after planes through this level are left out
    static int differing(Layout layout, Code code, long[] probe, int after, int through) {
        int sum = 0;
        int first = after == 0 ? 0 : layout.planesThrough(after);
        for (int plane = first; plane < layout.planesThrough(through); plane++) {
            for (int other = 0; other < Kernel.PROBE_PLANES; other++) {
                int weight = 1 << layout.planes() - 1 - plane + Kernel.PROBE_PLANES - 1 - other;
                for (int dimension = 0; dimension < layout.padded(); dimension++) {
                    int row = bit(layout, code.words(), 0, plane, dimension);
                    // The probe repeats each of its planes for each plane of the row.
                    int query = bit(layout, probe, other * layout.rowWords(), plane, dimension);
                    sum += row == query ? 0 : weight;
                }
            }
        }
        return sum;
    }

    private static int bit(Layout layout, long[] words, int from, int plane, int dimension) {
        return (int) (words[from + plane * layout.words() + dimension / Long.SIZE] >>> dimension) & 1;
    }
}
