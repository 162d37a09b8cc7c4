package io.menso.inference.model;

import io.menso.inference.attributes.AttributeArchitecture;
import io.menso.inference.attributes.AttributeEstimator;
import io.menso.inference.attributes.CropNetwork;
import io.menso.inference.attributes.LandmarkFinder;
import io.menso.inference.batch.BatchConfig;
import io.menso.inference.batch.BatchQueue;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.NetworkWeights;
import io.menso.inference.detect.DetectConfig;
import io.menso.inference.detect.FaceDetector;
import io.menso.inference.embedding.Embedder;
import io.menso.inference.engine.NetworkFactory;
import io.menso.inference.liveness.LivenessScorer;
import io.menso.inference.liveness.LivenessScorer.Eye;
import io.menso.inference.quality.QualityNetwork;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Puts the networks of a bundle behind queues and the right stage in front of them.
@ApplicationScoped
public class StageFactory {

    private static final double DEFAULT_CROP = 2.7;

    private final NetworkFactory networks;
    private final BatchConfig batch;
    private final DetectConfig detect;
    private final MeterRegistry registry;
    private final Map<Loaded, BatchQueue> queues = new ConcurrentHashMap<>();

    /// A network that is loaded: while the models of a service are put together anew, those that stay go on
    /// running.
    private record Loaded(ModelBundle bundle, NetworkWeights network) {}

    @Inject
    public StageFactory(NetworkFactory networks, BatchConfig batch, DetectConfig detect, MeterRegistry registry) {
        this.networks = networks;
        this.batch = batch;
        this.detect = detect;
        this.registry = registry;
    }

    public FaceDetector detector(ModelBundle bundle) {
        require(bundle, "yunet");
        return new FaceDetector(bundle, queue(bundle), detect, batch.timeout());
    }

    public Embedder embedder(ModelBundle bundle) {
        require(bundle, "arcface");
        if (bundle.input().width() != Embedder.SIDE || bundle.input().height() != Embedder.SIDE) {
            throw new IllegalArgumentException(bundle + " does not read aligned faces of 112 x 112");
        }
        return new Embedder(bundle, queue(bundle));
    }

    public QualityNetwork quality(ModelBundle bundle) {
        require(bundle, "quality");
        if (bundle.input().width() != QualityNetwork.SIDE || bundle.input().height() != QualityNetwork.SIDE) {
            throw new IllegalArgumentException(bundle + " does not read aligned faces of 112 x 112");
        }
        return new QualityNetwork(bundle, queue(bundle));
    }

    public LivenessScorer liveness(ModelBundle bundle) {
        require(bundle, "minifasnet");
        List<Eye> eyes = bundle.networks().stream()
                .map(network ->
                        new Eye(queue(bundle, network), network.cropScale().orElse(DEFAULT_CROP)))
                .toList();
        return new LivenessScorer(bundle, eyes);
    }

    AttributeEstimator attributes(ModelBundle bundle) {
        AttributeArchitecture architecture = AttributeArchitecture.of(bundle.architecture());
        return new AttributeEstimator(
                bundle,
                architecture,
                bundle.networks().stream().map(network -> crop(bundle, network)).toList());
    }

    LandmarkFinder landmarks(ModelBundle bundle) {
        require(bundle, LandmarkFinder.ARCHITECTURE);
        return new LandmarkFinder(bundle, crop(bundle, single(bundle)));
    }

    private CropNetwork crop(ModelBundle bundle, NetworkWeights network) {
        double scale = network.cropScale()
                .orElseThrow(() -> new IllegalArgumentException(
                        bundle + " does not say how much of the face it looks at (crop_scale)"));
        return new CropNetwork(queue(bundle, network), bundle.input(), scale);
    }

    /// A queue in front of the only network of a bundle.
    private BatchQueue queue(ModelBundle bundle) {
        return queue(bundle, single(bundle));
    }

    private static NetworkWeights single(ModelBundle bundle) {
        List<NetworkWeights> all = bundle.networks();
        if (all.size() != 1) {
            throw new IllegalArgumentException(bundle + " has " + all.size() + " networks where one is expected");
        }
        return all.getFirst();
    }

    private BatchQueue queue(ModelBundle bundle, NetworkWeights network) {
        List<NetworkWeights> all = bundle.networks();
        String name = all.size() == 1 ? bundle.toString() : bundle + "/" + all.indexOf(network);
        int most = Math.min(batch.maxSize(), bundle.input().batch().orElse(Integer.MAX_VALUE));
        queues.values().removeIf(BatchQueue::isClosed);
        return Objects.requireNonNull(queues.compute(
                new Loaded(bundle, network),
                (_, known) -> known != null && known.share()
                        ? known
                        : new BatchQueue(name, networks.load(bundle, network), most, batch, registry)));
    }

    private static void require(ModelBundle bundle, String architecture) {
        if (!bundle.architecture().equals(architecture)) {
            throw new IllegalArgumentException(
                    bundle + " has architecture " + bundle.architecture() + ", which this version cannot run");
        }
    }
}
