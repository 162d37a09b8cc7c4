package io.menso.inference.quality;

import io.menso.inference.align.Planes;
import io.menso.inference.analysis.Timings;
import io.menso.inference.analysis.Timings.Stage;
import io.menso.inference.batch.BatchQueue;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.image.Pixels;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Foretells how likely an aligned face is to be recognised: the share of comparisons with a good picture of the same
/// person that would pass at the default threshold of the embedding it was trained with.
public final class QualityNetwork implements AutoCloseable {

    /// Side in pixels of the aligned face.
    public static final int SIDE = 112;

    private final ModelBundle bundle;
    private final BatchQueue queue;

    public QualityNetwork(ModelBundle bundle, BatchQueue queue) {
        this.bundle = bundle;
        this.queue = queue;
    }

    public ModelBundle bundle() {
        return bundle;
    }

    /// Queues an aligned face.
    ///
    /// @return chance of being recognised, 0 to 1; 0 when the network has no answer
    public CompletableFuture<Double> score(Pixels aligned, Timings timings) {
        float[] planes = timings.measure(
                Stage.PREPARE, () -> Planes.of(aligned, aligned.width(), aligned.height(), bundle.input()));
        return queue.submit(planes, aligned.width(), aligned.height()).thenApply(answer -> {
            timings.add(Stage.QUEUE, answer.queued());
            timings.add(Stage.INFERENCE, answer.run());
            double chance = answer.outputs().first()[0];
            return Double.isFinite(chance) ? Math.clamp(chance, 0.0, 1.0) : 0.0;
        });
    }

    /// Loads everything a first request needs.
    public void warmUp(Duration patience) {
        queue.warmUp(SIDE, SIDE, patience);
    }

    @Override
    public void close() {
        queue.close();
    }
}
