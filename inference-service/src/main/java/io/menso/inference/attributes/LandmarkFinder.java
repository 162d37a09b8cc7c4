package io.menso.inference.attributes;

import io.menso.inference.align.SquareCrop;
import io.menso.inference.analysis.Timings;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.detect.Face;
import io.menso.inference.detect.Point;
import io.menso.inference.engine.NetworkException;
import io.menso.inference.engine.Outputs;
import io.menso.inference.image.Picture;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// Finds the 68 points of 300-W (Sagonas et al., 2013) in a face: jaw, brows, nose, eyes, mouth, from the
/// picture's left to its right.
public final class LandmarkFinder implements AutoCloseable {

    /// Name in `model.yaml`. Output `landmarks`: x and y of each point in shares of the crop's side.
    public static final String ARCHITECTURE = "faceapi-landmarks-68";

    private static final int POINTS = 68;

    private final ModelBundle bundle;
    private final CropNetwork network;

    public LandmarkFinder(ModelBundle bundle, CropNetwork network) {
        this.bundle = bundle;
        this.network = network;
    }

    public ModelBundle bundle() {
        return bundle;
    }

    /// Queues the crop of a face.
    ///
    /// @param face in pixels of the picture
    /// @return points in pixels of the picture
    public CompletableFuture<List<Point>> find(Picture picture, Face face, Timings timings) {
        Face kept = face.times(1 / picture.step());
        SquareCrop crop = SquareCrop.around(kept.box(), network.scale());
        return network.look(picture.pixels(), crop, timings).thenApply(outputs -> {
            float[] shares = shares(outputs);
            return IntStream.range(0, POINTS)
                    .mapToObj(i -> crop.place(shares[2 * i], shares[2 * i + 1]).times(picture.step()))
                    .toList();
        });
    }

    /// Loads everything a first request needs.
    ///
    /// @throws NetworkException when the output is not that of the architecture
    public void warmUp(Duration patience) {
        shares(network.warmUp(patience));
    }

    private static float[] shares(Outputs outputs) {
        float[] shares = outputs.get("landmarks", 0);
        if (shares.length != 2 * POINTS) {
            throw new NetworkException("output landmarks has " + shares.length + " numbers");
        }
        return shares;
    }

    @Override
    public void close() {
        network.close();
    }
}
