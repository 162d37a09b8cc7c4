package io.menso.inference.detect;

import io.menso.inference.align.Planes;
import io.menso.inference.align.Resampler;
import io.menso.inference.analysis.Timings;
import io.menso.inference.analysis.Timings.Stage;
import io.menso.inference.batch.BatchQueue;
import io.menso.inference.batch.Futures;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.image.Picture;
import io.menso.inference.image.Pixels;
import java.time.Duration;
import java.util.List;

/// Finds faces with YuNet. The picture is shrunk, never enlarged, and set into the top left of an input whose sides
/// are multiples of 32.
public final class FaceDetector implements AutoCloseable {

    private static final int MULTIPLE = 32;
    private static final double DEFAULT_THRESHOLD = 0.6;

    private final ModelBundle bundle;
    private final BatchQueue queue;
    private final DetectConfig config;
    private final Duration patience;

    public FaceDetector(ModelBundle bundle, BatchQueue queue, DetectConfig config, Duration patience) {
        this.bundle = bundle;
        this.queue = queue;
        this.config = config;
        this.patience = patience;
    }

    /// Smallest score that counts unless the caller says otherwise.
    public double defaultThreshold() {
        return bundle.threshold("score", DEFAULT_THRESHOLD);
    }

    /// @param threshold smallest score, 0 to 1
    /// @return faces in pixels of the picture, the largest first
    public List<Face> detect(Picture picture, double threshold, Timings timings) {
        List<Face> faces = look(picture, config.side(), threshold, timings);
        boolean canSeeMore = Math.max(picture.pixels().width(), picture.pixels().height()) > config.side();
        if (canSeeMore && (faces.isEmpty() || isSmall(faces.getFirst(), picture))) {
            List<Face> closer = look(picture, config.secondSide(), threshold, timings);
            return closer.isEmpty() ? faces : closer;
        }
        return faces;
    }

    /// Loads everything a first request needs.
    public void warmUp() {
        queue.warmUp(config.side(), config.side(), patience);
    }

    private boolean isSmall(Face face, Picture picture) {
        double scale = (double) config.side() / Math.max(picture.width(), picture.height());
        return face.box().height() * scale < config.smallFace();
    }

    private List<Face> look(Picture picture, int side, double threshold, Timings timings) {
        Pixels source = picture.pixels();
        double scale = Math.min(1, (double) side / Math.max(source.width(), source.height()));
        int width = scaled(source.width(), scale);
        int height = scaled(source.height(), scale);
        int inputWidth = Math.ceilDiv(width, MULTIPLE) * MULTIPLE;
        int inputHeight = Math.ceilDiv(height, MULTIPLE) * MULTIPLE;
        float[] planes = timings.measure(
                Stage.PREPARE,
                () -> Planes.of(Resampler.shrink(source, width, height), inputWidth, inputHeight, bundle.input()));
        BatchQueue.Answer answer = Futures.await(queue.submit(planes, inputWidth, inputHeight), patience);
        timings.add(Stage.QUEUE, answer.queued());
        timings.add(Stage.INFERENCE, answer.run());
        double back = (double) picture.width() / width;
        return YuNetDecoder.decode(answer.outputs().values(), inputWidth, threshold).stream()
                .map(face -> face.times(back))
                .toList();
    }

    private static int scaled(int side, double scale) {
        return (int) Math.max(1, Math.round(side * scale));
    }

    @Override
    public void close() {
        queue.close();
    }
}
