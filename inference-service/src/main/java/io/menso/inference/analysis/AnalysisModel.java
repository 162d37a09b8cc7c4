package io.menso.inference.analysis;

import io.menso.commons.web.ApiException;
import io.menso.inference.checks.CheckMode;
import io.menso.inference.checks.CheckMode.Check;
import io.menso.inference.checks.ChecksConfig;
import io.menso.inference.checks.FaceCode;
import io.menso.inference.checks.FrameChecks;
import io.menso.inference.checks.FrameChecks.Frame;
import io.menso.inference.checks.FrameChecks.Verdict;
import io.menso.inference.checks.SequenceChecks;
import io.menso.inference.embedding.Embedder;
import io.menso.inference.embedding.Template;
import io.menso.inference.image.ImageDecoder;
import io.menso.inference.model.Arguments;
import io.menso.inference.model.Model;
import io.menso.inference.model.Parameter;
import io.menso.inference.quality.Quality;
import io.menso.inference.upload.UploadedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// The composite model: all stages over a sequence of frames, and the checks of what the caller means to do.
public final class AnalysisModel implements Model {

    /// Name in the API.
    public static final String NAME = "face_analysis";

    private static final String CHECKS = "checks";
    private static final String ATTRIBUTES = "attributes";
    private static final String YES = "yes";
    private static final String NO = "no";

    private final String revision;
    private final Stages stages;
    private final Embedder embedder;
    private final Tools tools;

    /// What the model works with besides its networks.
    public record Tools(
            ImageDecoder decoder,
            FrameAnalyser analyser,
            FrameChecks frameChecks,
            SequenceChecks sequenceChecks,
            ChecksConfig config) {}

    /// @param revision stands for the revisions of all networks
    /// @param stages   detector, liveness and embedder; attributes where they are installed
    public AnalysisModel(String revision, Stages stages, Tools tools) {
        this.revision = revision;
        this.stages = stages;
        this.embedder = stages.embedder().orElseThrow();
        this.tools = tools;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String revision() {
        return revision;
    }

    /// Of the templates it makes as well: a refusal has no body to tell it.
    @Override
    public Map<String, String> revisions() {
        return Map.of(
                "Model-Revision",
                revision,
                "Embedding-Revision",
                embedder.bundle().revision());
    }

    @Override
    public String description() {
        return "Faces, quality, liveness and one embedding of a sequence of images, each decoded once";
    }

    @Override
    public List<Parameter> parameters() {
        Parameter checks = Parameter.choice(
                CHECKS,
                "What the images are for; images that do not suit it are refused with 422",
                CheckMode.labels(),
                CheckMode.NONE.label());
        return stages.attributes().isEmpty()
                ? List.of(checks)
                : List.of(
                        checks,
                        Parameter.choice(
                                ATTRIBUTES,
                                "Whether age, gender, emotion and pose of the largest face are estimated",
                                List.of(NO, YES),
                                NO));
    }

    @Override
    public AnalysisResponse execute(List<UploadedImage> images, Arguments arguments, Timings timings) {
        CheckMode mode = CheckMode.of(arguments.text(CHECKS));
        requireAcceptable(images, mode);
        Stages wanted = wanted(mode, arguments);
        List<FrameResult> frames =
                tools.analyser().analyse(images, wanted, stages.detector().defaultThreshold(), timings);
        List<Verdict> verdicts = frames.stream()
                .map(frame -> tools.frameChecks().judge(facts(frame), mode))
                .toList();
        return judge(frames, verdicts, mode);
    }

    private Stages wanted(CheckMode mode, Arguments arguments) {
        boolean withAttributes =
                stages.attributes().isPresent() && arguments.text(ATTRIBUTES).equals(YES);
        Stages asked = withAttributes ? stages : stages.withoutAttributes();
        return mode.has(Check.LIVENESS) ? asked : asked.withoutLiveness();
    }

    private void requireAcceptable(List<UploadedImage> images, CheckMode mode) {
        if (mode.has(Check.SINGLE) && images.size() != 1) {
            throw ApiException.badRequest("Verification takes exactly one image");
        }
        for (UploadedImage image : images) {
            var format = tools.decoder().format(image.content(), image.contentType());
            if (!mode.takes(format)) {
                throw ApiException.badContent(format.label() + " images are not accepted here, only JPEG and PNG");
            }
        }
    }

    private static Frame facts(FrameResult frame) {
        return new Frame(
                frame.width(),
                frame.height(),
                frame.faces(),
                frame.quality().map(Quality::score).orElse(0.0));
    }

    private AnalysisResponse judge(List<FrameResult> frames, List<Verdict> verdicts, CheckMode mode) {
        SequenceChecks checks = tools.sequenceChecks();
        refuse(checks.frames(verdicts));
        refuse(checks.crossCheck(templates(frames, verdicts, true), crossCheckCosine(), mode));
        OptionalDouble liveness = IntStream.range(0, frames.size())
                .filter(i -> verdicts.get(i).usable())
                .mapToObj(i -> frames.get(i).liveness())
                .flatMap(Optional::stream)
                .mapToDouble(Double::doubleValue)
                .average();
        refuse(checks.liveness(liveness, mode));
        List<Template> usable = templates(frames, verdicts, false);
        return new AnalysisResponse(
                NAME,
                revision,
                IntStream.range(0, frames.size())
                        .mapToObj(
                                i -> AnalysisResponse.Image.of(frames.get(i), isUsable(frames.get(i), verdicts.get(i))))
                        .toList(),
                liveness.isPresent() ? Optional.of(liveness.getAsDouble()) : Optional.empty(),
                usable.isEmpty() ? Optional.empty() : Optional.of(embedding(usable)));
    }

    private static boolean isUsable(FrameResult frame, Verdict verdict) {
        return verdict.usable() && !frame.faces().isEmpty();
    }

    private static List<Template> templates(List<FrameResult> frames, List<Verdict> verdicts, boolean comparable) {
        return IntStream.range(0, frames.size())
                .filter(i -> comparable
                        ? verdicts.get(i).comparable()
                        : verdicts.get(i).usable())
                .mapToObj(i -> frames.get(i).template())
                .flatMap(Optional::stream)
                .toList();
    }

    private EmbeddingJson embedding(List<Template> usable) {
        return EmbeddingJson.of(embedder.bundle().name(), embedder.bundle().revision(), Template.mean(usable));
    }

    private double crossCheckCosine() {
        return tools.config()
                .crossCheckCosine()
                .orElseGet(
                        () -> embedder.calibration().cosineAtFmr(tools.config().crossCheckFmr()));
    }

    private static void refuse(Optional<FaceCode> code) {
        code.ifPresent(found -> {
            throw found.refusal();
        });
    }
}
