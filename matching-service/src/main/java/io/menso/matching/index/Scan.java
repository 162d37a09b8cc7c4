package io.menso.matching.index;

/// One search over one snapshot: float32 chooses, float64 decides.
///
/// A row is judged in float64 whenever float32, within its proven error, cannot exclude it.
final class Scan {

    private final Kernel kernel;
    private final Snapshot snapshot;
    private final float[] query;
    private final Best best;
    private final double error;

    /// @param query padded with zeros to the length of a row
    Scan(Kernel kernel, Snapshot snapshot, float[] query, Best best) {
        this.kernel = kernel;
        this.snapshot = snapshot;
        this.query = query;
        this.best = best;
        this.error = Kernel.error(query.length);
    }

    void all() {
        float[] dots = new float[0];
        for (Chunk chunk : snapshot.chunks()) {
            int count = chunk.capacity();
            dots = dots.length < count ? new float[count] : dots;
            kernel.dots(chunk.rows(), count, query.length, query, dots);
            for (int row = 0; row < count; row++) {
                judge(chunk, row, dots[row]);
            }
        }
    }

    void one(long place) {
        if (place != Snapshot.NOWHERE) {
            Chunk chunk = snapshot.chunks()[Snapshot.chunk(place)];
            int row = Snapshot.row(place);
            judge(chunk, row, kernel.dot(chunk.rows(), row, query.length, query));
        }
    }

    private void judge(Chunk chunk, int row, float dot) {
        if (dot + error >= best.floor() && chunk.isOwned(row)) {
            double exact = chunk.exactDot(row, query.length, query);
            best.offer(chunk.hit(row, exact));
        }
    }
}
