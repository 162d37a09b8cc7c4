package io.menso.inference.attributes;

import io.menso.inference.align.Planes;
import io.menso.inference.align.SquareCrop;
import io.menso.inference.analysis.Timings;
import io.menso.inference.analysis.Timings.Stage;
import io.menso.inference.batch.BatchQueue;
import io.menso.inference.bundle.InputSpec;
import io.menso.inference.engine.Outputs;
import io.menso.inference.image.Pixels;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// A network that looks at a square around a face.
///
/// @param queue in front of the network
/// @param input what it wants; width and height are the same
/// @param scale side of the square in longer sides of the face's box
public record CropNetwork(BatchQueue queue, InputSpec input, double scale) implements AutoCloseable {

    public CropNetwork {
        if (input.width() != input.height()) {
            throw new IllegalArgumentException("a network that looks at squares has another input");
        }
    }

    /// Queues a square.
    CompletableFuture<Outputs> look(Pixels picture, SquareCrop crop, Timings timings) {
        int side = input.width();
        float[] planes = timings.measure(Stage.PREPARE, () -> Planes.of(crop.cut(picture, side), side, side, input));
        return queue.submit(planes, side, side).thenApply(answer -> {
            timings.add(Stage.QUEUE, answer.queued());
            timings.add(Stage.INFERENCE, answer.run());
            return answer.outputs();
        });
    }

    /// Runs it once, so that the first request finds everything loaded.
    Outputs warmUp(Duration patience) {
        return queue.warmUp(input.width(), input.height(), patience).outputs();
    }

    @Override
    public void close() {
        queue.close();
    }
}
