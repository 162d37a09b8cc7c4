package io.menso.inference.embedding;

import io.menso.inference.align.Planes;
import io.menso.inference.analysis.Timings;
import io.menso.inference.analysis.Timings.Stage;
import io.menso.inference.batch.BatchQueue;
import io.menso.inference.bundle.Calibration;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.image.Pixels;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// Turns an aligned face into a template.
public final class Embedder implements AutoCloseable {

    /// Side in pixels of the aligned face.
    public static final int SIDE = 112;

    private final ModelBundle bundle;
    private final BatchQueue queue;
    private final Calibration calibration;

    public Embedder(ModelBundle bundle, BatchQueue queue) {
        this.bundle = bundle;
        this.queue = queue;
        this.calibration =
                bundle.calibration().orElseThrow(() -> new IllegalArgumentException(bundle + " has no calibration"));
    }

    public ModelBundle bundle() {
        return bundle;
    }

    public Calibration calibration() {
        return calibration;
    }

    /// Queues an aligned face.
    public CompletableFuture<Template> embed(Pixels aligned, Timings timings) {
        float[] planes = timings.measure(
                Stage.PREPARE, () -> Planes.of(aligned, aligned.width(), aligned.height(), bundle.input()));
        return queue.submit(planes, aligned.width(), aligned.height()).thenApply(answer -> {
            timings.add(Stage.QUEUE, answer.queued());
            timings.add(Stage.INFERENCE, answer.run());
            return Template.normalised(answer.outputs().first());
        });
    }

    /// Loads everything a first request needs.
    ///
    /// @return numbers in a template
    public int warmUp(Duration patience) {
        return queue.warmUp(SIDE, SIDE, patience).outputs().first().length;
    }

    @Override
    public void close() {
        queue.close();
    }
}
