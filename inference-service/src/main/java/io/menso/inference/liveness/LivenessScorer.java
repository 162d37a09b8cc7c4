package io.menso.inference.liveness;

import io.menso.inference.align.Planes;
import io.menso.inference.analysis.Timings;
import io.menso.inference.analysis.Timings.Stage;
import io.menso.inference.batch.BatchQueue;
import io.menso.inference.bundle.InputSpec;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.detect.Face;
import io.menso.inference.image.Picture;
import io.menso.inference.image.Pixels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Tells live faces from prints and screens: the mean of the softmax of several MiniFASNets, each looking at a crop
/// of its own scale (minivision, Silent-Face-Anti-Spoofing).
public final class LivenessScorer implements AutoCloseable {

    /// Class of a live face among the three that the networks know.
    private static final int LIVE = 1;

    private final ModelBundle bundle;
    private final List<Eye> eyes;

    /// One network and the scale of its crop.
    ///
    /// @param scale side of the crop in face boxes
    public record Eye(BatchQueue queue, double scale) {}

    public LivenessScorer(ModelBundle bundle, List<Eye> eyes) {
        if (eyes.isEmpty()) {
            throw new IllegalArgumentException(bundle + " has no networks");
        }
        this.bundle = bundle;
        this.eyes = List.copyOf(eyes);
    }

    public ModelBundle bundle() {
        return bundle;
    }

    /// Queues the crops of a face.
    ///
    /// @param face in pixels of the picture
    /// @return probability that it is live, 0 to 1
    public CompletableFuture<Double> score(Picture picture, Face face, Timings timings) {
        Face kept = face.times(1 / picture.step());
        List<CompletableFuture<Double>> opinions = new ArrayList<>();
        for (Eye eye : eyes) {
            opinions.add(opinion(eye, picture.pixels(), kept, timings));
        }
        return CompletableFuture.allOf(opinions.toArray(CompletableFuture[]::new))
                .thenApply(_ -> opinions.stream()
                        .mapToDouble(CompletableFuture::join)
                        .average()
                        .orElseThrow());
    }

    private CompletableFuture<Double> opinion(Eye eye, Pixels pixels, Face face, Timings timings) {
        InputSpec input = bundle.input();
        float[] planes = timings.measure(
                Stage.PREPARE,
                () -> Planes.of(
                        LivenessCrop.cut(pixels, face.box(), eye.scale(), input.width()),
                        input.width(),
                        input.height(),
                        input));
        return eye.queue().submit(planes, input.width(), input.height()).thenApply(answer -> {
            timings.add(Stage.QUEUE, answer.queued());
            timings.add(Stage.INFERENCE, answer.run());
            return softmax(answer.outputs().first(), LIVE);
        });
    }

    static double softmax(float[] logits, int index) {
        double max = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        double share = Math.exp(logits[index] - max) / sum;
        return Double.isFinite(share) ? share : 0;
    }

    /// Loads everything a first request needs.
    public void warmUp(Duration patience) {
        InputSpec input = bundle.input();
        eyes.forEach(eye -> eye.queue().warmUp(input.width(), input.height(), patience));
    }

    @Override
    public void close() {
        eyes.forEach(eye -> eye.queue().close());
    }
}
