package io.menso.inference.model;

import io.menso.inference.analysis.AnalysisModel;
import io.menso.inference.analysis.DetectorModel;
import io.menso.inference.analysis.EmbeddingModel;
import io.menso.inference.analysis.FrameAnalyser;
import io.menso.inference.analysis.LivenessModel;
import io.menso.inference.analysis.QualityModel;
import io.menso.inference.analysis.Stages;
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
import io.menso.inference.quality.QualityScorer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Turns installed bundles into models that run, warmed up.
@ApplicationScoped
public class ModelLoader {

    private static final Logger LOG = Logger.getLogger(ModelLoader.class);

    private final ModelConfig config;
    private final StageFactory factory;
    private final FrameAnalyser analyser;
    private final AnalysisModel.Tools tools;
    private final BatchConfig batch;

    @Inject
    public ModelLoader(
            ModelConfig config,
            StageFactory factory,
            FrameAnalyser analyser,
            ImageDecoder decoder,
            FrameChecks frameChecks,
            SequenceChecks sequenceChecks,
            ChecksConfig checks,
            BatchConfig batch) {
        this.config = config;
        this.factory = factory;
        this.analyser = analyser;
        this.tools = new AnalysisModel.Tools(decoder, analyser, frameChecks, sequenceChecks, checks);
        this.batch = batch;
    }

    /// Loads all bundles. One that cannot be loaded is logged and left out.
    LoadedModels load() {
        ModelBundles bundles = ModelBundles.read(config.modelsDir());
        bundles.problems().forEach(problem -> LOG.errorf("model bundle left out: problem=%s", problem.getMessage()));
        return new Assembly(bundles).assemble();
    }

    /// The models of one set of bundles while they are put together.
    private final class Assembly {

        private final ModelBundles bundles;
        private final List<Model> models = new ArrayList<>();
        private final List<AutoCloseable> networks = new ArrayList<>();
        private final Map<String, LoadedModels.CalibrationResponse> calibrations = new HashMap<>();

        private Assembly(ModelBundles bundles) {
            this.bundles = bundles;
        }

        private LoadedModels assemble() {
            Map<String, Stages> detectors = new HashMap<>();
            all(Task.DETECTOR)
                    .forEach(bundle -> load(bundle, () -> detectors.put(bundle.toString(), detector(bundle))));
            Optional<Stages> base =
                    preferred(Task.DETECTOR).flatMap(bundle -> Optional.ofNullable(detectors.get(bundle.toString())));
            base.ifPresent(this::assemble);
            return new LoadedModels(models, calibrations, networks);
        }

        private void assemble(Stages base) {
            Map<String, LivenessScorer> scorers = new HashMap<>();
            Map<String, Embedder> embedders = new HashMap<>();
            models.add(new QualityModel(
                    Revisions.of(QualityScorer.VERSION, preferredName(Task.DETECTOR)), base, analyser));
            all(Task.LIVENESS)
                    .forEach(bundle -> load(bundle, () -> scorers.put(bundle.toString(), liveness(bundle, base))));
            all(Task.EMBEDDING)
                    .forEach(bundle -> load(bundle, () -> embedders.put(bundle.toString(), embedder(bundle, base))));
            LivenessScorer scorer = scorers.get(preferredName(Task.LIVENESS));
            Embedder embedder = embedders.get(preferredName(Task.EMBEDDING));
            if (scorer != null && embedder != null) {
                String revision = Revisions.of(
                        QualityScorer.VERSION,
                        preferredName(Task.DETECTOR),
                        preferredName(Task.LIVENESS),
                        preferredName(Task.EMBEDDING));
                models.add(new AnalysisModel(revision, base.withLiveness(scorer).withEmbedder(embedder), tools));
            }
        }

        private Stages detector(ModelBundle bundle) {
            Stages stages = Stages.detection(factory.detector(bundle));
            networks.add(stages.detector());
            stages.detector().warmUp();
            models.add(new DetectorModel(bundle, stages, analyser));
            return stages;
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

        private void load(ModelBundle bundle, Runnable work) {
            try {
                work.run();
                LOG.infof("model loaded: model=%s", bundle);
            } catch (RuntimeException | LinkageError e) {
                LOG.errorf(e, "model cannot be loaded: model=%s", bundle);
            }
        }

        private List<ModelBundle> all(Task task) {
            return bundles.all().stream()
                    .filter(bundle -> bundle.task() == task)
                    .toList();
        }

        private String preferredName(Task task) {
            return preferred(task).map(ModelBundle::toString).orElse("none");
        }

        /// The bundle that the composite uses: the one that is configured, or the first by name.
        private Optional<ModelBundle> preferred(Task task) {
            String wanted = config.preferred().getOrDefault(task.label(), "");
            List<ModelBundle> candidates = bundles.ofTask(task);
            return candidates.stream()
                    .filter(bundle -> bundle.name().equals(wanted))
                    .findFirst()
                    .or(() -> candidates.stream().findFirst());
        }
    }
}
