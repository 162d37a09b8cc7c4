package io.menso.inference.model;

import io.menso.inference.analysis.AnalysisModel;
import io.menso.inference.analysis.AttributesModel;
import io.menso.inference.analysis.DetectorModel;
import io.menso.inference.analysis.EmbeddingModel;
import io.menso.inference.analysis.FrameAnalyser;
import io.menso.inference.analysis.LandmarksModel;
import io.menso.inference.analysis.LivenessModel;
import io.menso.inference.analysis.QualityModel;
import io.menso.inference.analysis.Stages;
import io.menso.inference.attributes.AttributeEstimator;
import io.menso.inference.attributes.AttributesView;
import io.menso.inference.attributes.LandmarkFinder;
import io.menso.inference.batch.BatchConfig;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.ModelBundles;
import io.menso.inference.bundle.Task;
import io.menso.inference.checks.ChecksConfig;
import io.menso.inference.checks.FrameChecks;
import io.menso.inference.checks.SequenceChecks;
import io.menso.inference.embedding.Embedder;
import io.menso.inference.image.ImageDecoder;
import io.menso.inference.liveness.LivenessScorer;
import io.menso.inference.quality.QualityNetwork;
import io.menso.inference.quality.QualityScorer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// Turns installed bundles into models that run, warmed up.
@ApplicationScoped
public class ModelLoader {

    private static final Logger LOG = Logger.getLogger(ModelLoader.class);

    private final InstalledBundles installed;
    private final StageFactory factory;
    private final FrameAnalyser analyser;
    private final AnalysisModel.Tools tools;
    private final BatchConfig batch;

    @Inject
    public ModelLoader(
            InstalledBundles installed,
            StageFactory factory,
            FrameAnalyser analyser,
            ImageDecoder decoder,
            FrameChecks frameChecks,
            SequenceChecks sequenceChecks,
            ChecksConfig checks,
            BatchConfig batch) {
        this.installed = installed;
        this.factory = factory;
        this.analyser = analyser;
        this.tools = new AnalysisModel.Tools(decoder, analyser, frameChecks, sequenceChecks, checks);
        this.batch = batch;
    }

    /// Loads all bundles. One that cannot be loaded is logged and left out.
    ///
    /// @throws io.menso.inference.bundle.BundleException when the operator's choice cannot be understood
    LoadedModels load() {
        ModelBundles bundles = installed.read();
        bundles.problems().forEach(problem -> LOG.errorf("model bundle left out: problem=%s", problem.getMessage()));
        return new Assembly(bundles).assemble();
    }

    /// What was loaded for one task.
    ///
    /// @param all   by bundle
    /// @param inUse the bundle that the composite works with; absent when none of the candidates could be loaded
    private record Loaded<T>(Map<ModelBundle, T> all, Optional<ModelBundle> inUse) {

        Optional<T> stage() {
            return inUse.flatMap(bundle -> Optional.ofNullable(all.get(bundle)));
        }

        @Override
        public String toString() {
            return inUse.map(ModelBundle::toString).orElse("none");
        }
    }

    /// The models of one set of bundles while they are put together.
    private final class Assembly {

        private final ModelBundles bundles;
        private final List<Model> models = new ArrayList<>();
        private final List<AutoCloseable> networks = new ArrayList<>();
        private final Map<String, LoadedModels.CalibrationResponse> calibrations = new HashMap<>();
        private final List<String> gaps = new ArrayList<>();

        private Assembly(ModelBundles bundles) {
            this.bundles = bundles;
        }

        private LoadedModels assemble() {
            Loaded<Stages> detectors = loadAll(Task.DETECTOR, this::detector);
            detectors.stage().ifPresent(base -> assemble(base, detectors.toString()));
            return new LoadedModels(models, calibrations, networks, gaps.isEmpty() ? "" : gaps.getFirst());
        }

        private void assemble(Stages base, String detector) {
            models.add(QualityModel.measured(Revisions.of(QualityScorer.VERSION, detector), base, analyser));
            Loaded<LivenessScorer> scorers = loadAll(Task.LIVENESS, bundle -> liveness(bundle, base));
            Loaded<Embedder> embedders = loadAll(Task.EMBEDDING, bundle -> embedder(bundle, base));
            Loaded<QualityNetwork> qualities = loadAll(Task.QUALITY, bundle -> quality(bundle, base));
            AttributesView attributes = attributes(base, detector);
            loadAll(Task.LANDMARKS, bundle -> landmarks(bundle, base));
            if (scorers.stage().isPresent() && embedders.stage().isPresent()) {
                Stages stages = qualities
                        .stage()
                        .map(base::withQuality)
                        .orElse(base)
                        .withLiveness(scorers.stage().get())
                        .withEmbedder(embedders.stage().get());
                String revision = Revisions.of(
                        QualityScorer.VERSION,
                        qualities.toString(),
                        detector,
                        scorers.toString(),
                        embedders.toString(),
                        attributes.toString());
                models.add(new AnalysisModel(
                        revision, attributes.isEmpty() ? stages : stages.withAttributes(attributes), tools));
            }
        }

        /// Every bundle for attributes, and the model that joins them: the preferred ones first, which are all unless
        /// the operator chose; then the others, so that they fill what the chosen one does not tell.
        private AttributesView attributes(Stages base, String detector) {
            Loaded<AttributeEstimator> loaded = loadAll(Task.ATTRIBUTES, bundle -> estimator(bundle, base));
            Set<ModelBundle> order = new LinkedHashSet<>();
            if (loaded.inUse().isPresent()) {
                order.addAll(bundles.candidates(Task.ATTRIBUTES));
                loaded.all().keySet().stream()
                        .sorted(Comparator.comparing(ModelBundle::origin))
                        .forEach(order::add);
            }
            AttributesView view = new AttributesView(order.stream()
                    .flatMap(bundle -> Optional.ofNullable(loaded.all().get(bundle)).stream())
                    .toList());
            if (!view.isEmpty()) {
                LOG.infof("attributes in use: from=%s", view);
                String revision = Revisions.of(detector, view.toString());
                models.add(AttributesModel.ofAll(revision, base.withAttributes(view), analyser));
            }
            return view;
        }

        private AttributeEstimator estimator(ModelBundle bundle, Stages base) {
            AttributeEstimator estimator = factory.attributes(bundle);
            networks.add(estimator);
            estimator.warmUp(batch.timeout());
            AttributesView view = new AttributesView(List.of(estimator));
            models.add(AttributesModel.of(bundle, base.withAttributes(view), analyser));
            return estimator;
        }

        private LandmarkFinder landmarks(ModelBundle bundle, Stages base) {
            LandmarkFinder finder = factory.landmarks(bundle);
            networks.add(finder);
            finder.warmUp(batch.timeout());
            models.add(new LandmarksModel(bundle, base.withLandmarks(finder), analyser));
            return finder;
        }

        private Stages detector(ModelBundle bundle) {
            Stages stages = Stages.detection(factory.detector(bundle));
            networks.add(stages.detector());
            stages.detector().warmUp();
            models.add(new DetectorModel(bundle, stages, analyser));
            return stages;
        }

        private QualityNetwork quality(ModelBundle bundle, Stages base) {
            QualityNetwork network = factory.quality(bundle);
            networks.add(network);
            network.warmUp(batch.timeout());
            models.add(QualityModel.of(bundle, base.withQuality(network), analyser));
            return network;
        }

        private LivenessScorer liveness(ModelBundle bundle, Stages base) {
            LivenessScorer scorer = factory.liveness(bundle);
            networks.add(scorer);
            scorer.warmUp(batch.timeout());
            models.add(new LivenessModel(bundle, base.withLiveness(scorer), analyser));
            return scorer;
        }

        private Embedder embedder(ModelBundle bundle, Stages base) {
            Embedder embedder = factory.embedder(bundle);
            networks.add(embedder);
            int dimension = embedder.warmUp(batch.timeout());
            models.add(new EmbeddingModel(bundle, base.withEmbedder(embedder), analyser));
            calibrations.put(
                    bundle.revision(),
                    new LoadedModels.CalibrationResponse(
                            bundle.name(),
                            bundle.revision(),
                            dimension,
                            embedder.calibration().defaultThreshold(),
                            embedder.calibration().points()));
            return embedder;
        }

        /// Loads every bundle for a task, and settles which is in use: the first candidate that could be loaded.
        private <T> Loaded<T> loadAll(Task task, Function<ModelBundle, T> loading) {
            Map<ModelBundle, T> all = new LinkedHashMap<>();
            for (ModelBundle bundle : bundles.ofTask(task)) {
                try {
                    all.put(bundle, loading.apply(bundle));
                    LOG.infof(
                            "model loaded: model=%s origin=%s",
                            bundle, bundle.origin().label());
                } catch (RuntimeException | LinkageError e) {
                    LOG.errorf(e, "model cannot be loaded: model=%s", bundle);
                }
            }
            Optional<ModelBundle> inUse =
                    bundles.candidates(task).stream().filter(all::containsKey).findFirst();
            inUse.ifPresentOrElse(
                    bundle -> LOG.infof("model in use: task=%s model=%s", task.label(), bundle), () -> missing(task));
            return new Loaded<>(all, inUse);
        }

        private void missing(Task task) {
            bundles.preferred(task)
                    .ifPresentOrElse(
                            preferred -> {
                                LOG.errorf("preferred model is not there: task=%s model=%s", task.label(), preferred);
                                gaps.add("The model chosen for " + task.label() + ", " + preferred
                                        + ", is not there; see: menso models list");
                            },
                            () -> gaps.add("No model for " + task.label() + " is installed; run: menso models pull"));
        }
    }
}
