package io.menso.inference.evaluation;

import io.menso.inference.analysis.Stages;
import io.menso.inference.analysis.Timings;
import io.menso.inference.bundle.Calibration;
import io.menso.inference.checks.CheckMode;
import io.menso.inference.checks.FaceCode;
import io.menso.inference.checks.FrameChecks;
import io.menso.inference.embedding.Embedder;
import io.menso.inference.evaluation.AnalysedPicture.Findings;
import io.menso.inference.evaluation.input.EvaluationException;
import io.menso.inference.evaluation.input.FaceInput;
import io.menso.inference.evaluation.input.PictureFile;
import io.menso.inference.evaluation.report.FaceReport;
import io.menso.inference.evaluation.statistics.CalibrationTable;
import io.menso.inference.evaluation.statistics.Comparisons;
import io.menso.inference.evaluation.statistics.Distribution;
import io.menso.inference.evaluation.statistics.ErrorRates;
import io.menso.inference.evaluation.statistics.RejectCurve;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Compares faces: everything from files to error rates.
@ApplicationScoped
class FaceEvaluation {

    private static final double[] RATES = {1e-2, 1e-3, 1e-4};
    private static final double REJECT_RATE = 1e-3;
    private static final int BINS = 200;

    private final PictureAnalyser analyser;
    private final FrameChecks checks;

    @Inject
    FaceEvaluation(PictureAnalyser analyser, FrameChecks checks) {
        this.analyser = analyser;
        this.checks = checks;
    }

    /// @param notes takes what a reader should know
    FaceReport run(FaceInput input, Networks networks, Workers workers, List<String> notes) {
        long start = System.nanoTime();
        List<AnalysedPicture> pictures = analyse("faces", input.pictures(), input.aligned(), networks, workers);
        double seconds = (System.nanoTime() - start) / 1e9;
        noteUnreadable(pictures, notes);
        EnrolledFaces faces = EnrolledFaces.of(input.pictures(), pictures);
        Comparisons comparisons = input.pairs().map(faces::compare).orElseGet(() -> compareAll(faces, workers));
        requirePairs(comparisons, input);
        ErrorRates rates = comparisons.rates();
        List<Distribution> strangers = strangers(input, comparisons, networks, workers);
        return new FaceReport(
                counts(input, pictures, faces, comparisons),
                input.aligned() ? Optional.empty() : Optional.of(acquisition(pictures)),
                comparisons.accuracy(),
                rates.equalErrorRate(),
                points(rates),
                rates.curve(),
                scores(comparisons),
                calibration(input, strangers, notes),
                Optional.of(reject(comparisons, rates, faces)),
                EmbeddingSpeed.measure(networks.embedder().orElseThrow()),
                pictures.size() / seconds);
    }

    private List<AnalysedPicture> analyse(
            String title, List<PictureFile> files, boolean aligned, Networks networks, Workers workers) {
        return workers.map(title, files, aligned ? aligned(networks) : full(networks));
    }

    private Function<PictureFile, AnalysedPicture> aligned(Networks networks) {
        Embedder embedder = networks.embedder().orElseThrow();
        return file -> analyser.aligned(file.path(), embedder, networks.quality(), new Timings());
    }

    private Function<PictureFile, AnalysedPicture> full(Networks networks) {
        Stages stages = networks.recognition();
        return file -> analyser.full(file.path(), stages, new Timings());
    }

    private static Comparisons compareAll(EnrolledFaces faces, Workers workers) {
        long pairs = (long) faces.templates().size() * (faces.templates().size() - 1) / 2;
        workers.progress().say(String.format(Locale.ROOT, "comparing %,d pairs", pairs));
        return Comparisons.all(faces.templates(), workers.threads());
    }

    private static void noteUnreadable(List<AnalysedPicture> pictures, List<String> notes) {
        List<AnalysedPicture> unreadable = unreadable(pictures);
        unreadable.stream()
                .limit(5)
                .forEach(picture -> notes.add("not read: " + picture.path() + ": " + picture.problem()));
        if (unreadable.size() > 5) {
            notes.add("not read: " + (unreadable.size() - 5) + " more");
        }
        if (unreadable.size() == pictures.size()) {
            throw new EvaluationException("none of the " + pictures.size() + " pictures can be read; "
                    + unreadable.getFirst().path() + ": "
                    + unreadable.getFirst().problem());
        }
    }

    private static List<AnalysedPicture> unreadable(List<AnalysedPicture> pictures) {
        return pictures.stream().filter(picture -> picture.findings().isEmpty()).toList();
    }

    private static void requirePairs(Comparisons comparisons, FaceInput input) {
        String named = input.pairs().isPresent() ? "" : "; pictures are named person_NN.jpg";
        if (comparisons.genuine().size() == 0) {
            throw new EvaluationException(
                    "no person has two pictures with a face, so there are no genuine pairs" + named);
        }
        if (comparisons.impostor().total() == 0) {
            throw new EvaluationException("there are no pairs of different persons" + named);
        }
    }

    private static FaceReport.Counts counts(
            FaceInput input, List<AnalysedPicture> pictures, EnrolledFaces faces, Comparisons comparisons) {
        return new FaceReport.Counts(
                pictures.size(),
                unreadable(pictures).size(),
                faces.templates().size(),
                input.pairs().isPresent() ? 0 : faces.templates().persons(),
                comparisons.genuine().size(),
                comparisons.impostor().total());
    }

    /// What registration, the most lenient way to store a face, would say of each picture.
    private FaceReport.Acquisition acquisition(List<AnalysedPicture> pictures) {
        List<Findings> readable = pictures.stream()
                .map(AnalysedPicture::findings)
                .flatMap(Optional::stream)
                .toList();
        SortedMap<String, Long> refusals = new TreeMap<>();
        readable.stream()
                .map(this::refusal)
                .flatMap(Optional::stream)
                .forEach(code -> refusals.merge(code.name(), 1L, Long::sum));
        long refused = refusals.values().stream().mapToLong(Long::longValue).sum();
        long found = pictures.stream().filter(AnalysedPicture::hasFace).count();
        return new FaceReport.Acquisition(
                (double) found / readable.size(), (double) refused / readable.size(), refusals);
    }

    private Optional<FaceCode> refusal(Findings found) {
        return checks.judge(
                        new FrameChecks.Frame(found.width(), found.height(), found.faces(), found.quality()),
                        CheckMode.REGISTRATION)
                .code();
    }

    private static List<ErrorRates.OperatingPoint> points(ErrorRates rates) {
        List<ErrorRates.OperatingPoint> points = new ArrayList<>();
        for (double rate : RATES) {
            points.add(rates.at(rate));
        }
        return points;
    }

    private static FaceReport.Scores scores(Comparisons comparisons) {
        return new FaceReport.Scores(-1, 2.0 / BINS, bins(comparisons.genuineRate()), bins(comparisons.impostor()));
    }

    private static List<Long> bins(Distribution distribution) {
        return IntStream.range(0, BINS)
                .mapToObj(i -> distribution.between(2.0 * i / BINS - 1, 2.0 * (i + 1) / BINS - 1))
                .toList();
    }

    private List<Distribution> strangers(FaceInput input, Comparisons comparisons, Networks networks, Workers workers) {
        Stream<Distribution> further = input.further().stream().map(files -> {
            List<AnalysedPicture> pictures = analyse("calibration", files, input.aligned(), networks, workers);
            return Comparisons.strangers(EnrolledFaces.of(files, pictures).templates(), workers.threads());
        });
        return Stream.concat(Stream.of(comparisons.impostor()), further).toList();
    }

    private static Optional<Calibration> calibration(
            FaceInput input, List<Distribution> strangers, List<String> notes) {
        try {
            return Optional.of(new CalibrationTable(strangers).table());
        } catch (IllegalArgumentException e) {
            if (input.calibrates()) {
                throw new EvaluationException(String.valueOf(e.getMessage()), e);
            }
            notes.add("no calibration: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static RejectCurve reject(Comparisons comparisons, ErrorRates rates, EnrolledFaces faces) {
        return RejectCurve.of(
                comparisons.genuine(), faces.quality(), rates.at(REJECT_RATE).cosine(), REJECT_RATE);
    }
}
