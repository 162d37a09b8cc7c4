package io.menso.inference.attributes;

import io.menso.inference.align.SquareCrop;
import io.menso.inference.analysis.Timings;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.detect.Face;
import io.menso.inference.engine.Outputs;
import io.menso.inference.image.Picture;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// The networks of one bundle that tell attributes; several of them answer as their mean.
public final class AttributeEstimator implements AutoCloseable {

    private final ModelBundle bundle;
    private final AttributeArchitecture architecture;
    private final List<CropNetwork> networks;

    /// @param networks at least one
    public AttributeEstimator(ModelBundle bundle, AttributeArchitecture architecture, List<CropNetwork> networks) {
        this.bundle = bundle;
        this.architecture = architecture;
        this.networks = List.copyOf(networks);
    }

    public ModelBundle bundle() {
        return bundle;
    }

    /// What it tells.
    public Set<Attribute> attributes() {
        return architecture.attributes();
    }

    /// Queues the crops of a face.
    ///
    /// @param face in pixels of the picture
    CompletableFuture<Attributes> estimate(Picture picture, Face face, Timings timings) {
        Face kept = face.times(1 / picture.step());
        List<CompletableFuture<Outputs>> answers = networks.stream()
                .map(network -> network.look(picture.pixels(), SquareCrop.around(kept.box(), network.scale()), timings))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> architecture.read(Outputs.mean(
                        answers.stream().map(CompletableFuture::join).toList())));
    }

    /// Loads everything a first request needs.
    ///
    /// @throws io.menso.inference.engine.NetworkException when the outputs are not those of the architecture
    public void warmUp(Duration patience) {
        networks.forEach(network -> architecture.read(network.warmUp(patience)));
    }

    @Override
    public void close() {
        networks.forEach(CropNetwork::close);
    }
}
