package io.menso.inference.evaluation;

import io.menso.inference.analysis.Stages;
import io.menso.inference.batch.BatchConfig;
import io.menso.inference.bundle.BundleException;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.ModelBundles;
import io.menso.inference.bundle.Task;
import io.menso.inference.detect.FaceDetector;
import io.menso.inference.embedding.Embedder;
import io.menso.inference.engine.Engines;
import io.menso.inference.engine.NetworkException;
import io.menso.inference.evaluation.input.EvaluationException;
import io.menso.inference.evaluation.input.EvaluationRequest;
import io.menso.inference.liveness.LivenessScorer;
import io.menso.inference.model.InstalledBundles;
import io.menso.inference.model.StageFactory;
import io.menso.inference.quality.QualityNetwork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Opens the networks that a request names, or those that the service would use.
@ApplicationScoped
class NetworkChoice {

    private final InstalledBundles installed;
    private final StageFactory factory;
    private final Engines engines;
    private final BatchConfig batch;

    @Inject
    NetworkChoice(InstalledBundles installed, StageFactory factory, Engines engines, BatchConfig batch) {
        this.installed = installed;
        this.factory = factory;
        this.engines = engines;
        this.batch = batch;
    }

    /// @throws EvaluationException when a bundle is not installed or cannot be run
    Networks open(EvaluationRequest request) {
        engines.prepare();
        Opening opening = new Opening(bundles(), request.bundles());
        try {
            return opening.open(request);
        } catch (RuntimeException e) {
            opening.networks().close();
            throw e;
        }
    }

    private ModelBundles bundles() {
        try {
            return installed.read();
        } catch (BundleException e) {
            throw new EvaluationException(String.valueOf(e.getMessage()), e);
        }
    }

    /// Networks while they are opened.
    private final class Opening {

        private final ModelBundles bundles;
        private final Map<Task, String> named;
        private final Map<Task, ModelBundle> chosen = new EnumMap<>(Task.class);
        private final List<AutoCloseable> opened = new ArrayList<>();
        private Optional<Stages> detection = Optional.empty();
        private Optional<QualityNetwork> quality = Optional.empty();
        private Optional<Embedder> embedder = Optional.empty();
        private Optional<Stages> liveness = Optional.empty();
        private Optional<Networks.Reference> reference = Optional.empty();

        private Opening(ModelBundles bundles, Map<Task, String> named) {
            this.bundles = bundles;
            this.named = named;
        }

        private Networks open(EvaluationRequest request) {
            boolean faces = request.compares();
            boolean searches = (faces && !request.aligned())
                    || request.livenessData().isPresent()
                    || request.detectorData().isPresent();
            if (searches) {
                detection = Optional.of(detector(choose(Task.DETECTOR)));
            }
            if (faces) {
                embedder = Optional.of(run(choose(Task.EMBEDDING), this::embedder));
                if (named.containsKey(Task.QUALITY)
                        || bundles.inUse(Task.QUALITY).isPresent()) {
                    quality = Optional.of(run(choose(Task.QUALITY), this::quality));
                }
            }
            if (request.livenessData().isPresent()) {
                LivenessScorer scorer = run(choose(Task.LIVENESS), this::scorer);
                liveness = detection.map(stages -> stages.withLiveness(scorer));
            }
            reference = request.against()
                    .map(name -> find(Task.DETECTOR, name))
                    .map(bundle -> new Networks.Reference(bundle, detector(bundle)));
            return networks();
        }

        private Networks networks() {
            return new Networks(chosen, detection, quality, embedder, liveness, reference, opened);
        }

        private ModelBundle choose(Task task) {
            ModelBundle bundle = named.containsKey(task) ? find(task, named.get(task)) : inUse(task);
            chosen.put(task, bundle);
            return bundle;
        }

        private ModelBundle inUse(Task task) {
            return bundles.inUse(task)
                    .orElseThrow(() -> new EvaluationException("no model for " + task.label()
                            + bundles.preferred(task).map(wish -> " " + wish).orElse("")
                            + " is installed; there are " + available(task)));
        }

        /// @param name `NAME` for its latest revision, or `NAME@REVISION`
        private ModelBundle find(Task task, String name) {
            String[] parts = name.split("@", 2);
            String revision = parts.length == 2 ? parts[1] : ModelBundles.LATEST;
            return bundles.find(parts[0], revision)
                    .filter(bundle -> bundle.task() == task)
                    .orElseThrow(() -> new EvaluationException(
                            "no " + task.label() + " " + name + " is installed; there are " + available(task)));
        }

        private String available(Task task) {
            String names =
                    bundles.ofTask(task).stream().map(ModelBundle::toString).collect(Collectors.joining(", "));
            String leftOut = bundles.problems().stream()
                    .map(problem -> "; left out: " + problem.getMessage())
                    .collect(Collectors.joining());
            return (names.isEmpty() ? "none" : names) + leftOut;
        }

        private Stages detector(ModelBundle bundle) {
            return Stages.detection(run(bundle, this::finder));
        }

        private FaceDetector finder(ModelBundle bundle) {
            FaceDetector detector = factory.detector(bundle);
            opened.add(detector);
            detector.warmUp();
            return detector;
        }

        private Embedder embedder(ModelBundle bundle) {
            Embedder network = factory.embedder(bundle);
            opened.add(network);
            network.warmUp(batch.timeout());
            return network;
        }

        private QualityNetwork quality(ModelBundle bundle) {
            QualityNetwork network = factory.quality(bundle);
            opened.add(network);
            network.warmUp(batch.timeout());
            return network;
        }

        private LivenessScorer scorer(ModelBundle bundle) {
            LivenessScorer scorer = factory.liveness(bundle);
            opened.add(scorer);
            scorer.warmUp(batch.timeout());
            return scorer;
        }

        private <T> T run(ModelBundle bundle, Function<ModelBundle, T> open) {
            try {
                return open.apply(bundle);
            } catch (IllegalArgumentException | NetworkException e) {
                throw new EvaluationException(bundle + " cannot be run: " + e.getMessage(), e);
            }
        }
    }
}
