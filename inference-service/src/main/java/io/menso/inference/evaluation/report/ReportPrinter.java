package io.menso.inference.evaluation.report;

import io.menso.inference.evaluation.statistics.AttackRates;
import io.menso.inference.evaluation.statistics.CalibrationTable;
import io.menso.inference.evaluation.statistics.ErrorRates.OperatingPoint;
import io.menso.inference.evaluation.statistics.RejectCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A report as lines for people.
public final class ReportPrinter {

    private static final String ROW = "  %-12s ";
    private static final int SHOWN_EVERY = 10;

    private final List<String> lines = new ArrayList<>();

    private ReportPrinter() {}

    /// @param withCalibration whether the table for `model.yaml` follows
    public static List<String> lines(EvaluationReport report, boolean withCalibration) {
        ReportPrinter printer = new ReportPrinter();
        printer.line("Models");
        report.bundles().forEach((task, bundle) -> printer.row(task, "%s", bundle));
        report.faces().ifPresent(printer::faces);
        report.liveness().ifPresent(printer::liveness);
        report.detector().ifPresent(printer::detector);
        report.notes().forEach(note -> printer.line("note: " + note));
        if (withCalibration) {
            report.faces()
                    .flatMap(FaceReport::calibration)
                    .ifPresent(table ->
                            printer.line("\n" + CalibrationTable.yaml(table).strip()));
        }
        return printer.lines;
    }

    private void faces(FaceReport faces) {
        FaceReport.Counts counts = faces.counts();
        line("Faces");
        row(
                "pictures",
                "%,d, %,d unreadable, %,d templates",
                counts.pictures(),
                counts.unreadable(),
                counts.templates());
        row(
                "pairs",
                "%,d genuine, %,d impostor, of %,d persons",
                counts.genuinePairs(),
                counts.impostorPairs(),
                counts.persons());
        faces.acquisition().ifPresent(this::acquisition);
        faces.pairsAccuracy().ifPresent(right -> row("accuracy", "%s of pairs right, 10 folds", percent(right)));
        row("EER", "%s", percent(faces.eer()));
        row("FMR (FAR)", "%9s  %9s  %7s", "TAR", "FNMR", "cosine");
        faces.points().forEach(this::point);
        faces.quality().ifPresent(this::quality);
        row("embedding", "%.0f faces a second of one core", faces.embeddingFacesPerSecond());
        row("throughput", "%.1f pictures/s from file to template", faces.picturesPerSecond());
    }

    private void acquisition(FaceReport.Acquisition acquisition) {
        String reasons = acquisition.refusals().entrySet().stream()
                .map(refusal -> refusal.getKey() + " " + refusal.getValue())
                .collect(Collectors.joining(", "));
        row("detection", "%s of pictures have a face", percent(acquisition.detectionRate()));
        row(
                "enrolment",
                "%s fail (FTE)%s",
                percent(acquisition.failureToEnrol()),
                reasons.isEmpty() ? "" : ": " + reasons);
    }

    private void point(OperatingPoint point) {
        row(
                String.format(Locale.ROOT, "%.0e", point.rate()),
                "%9s  %9s  %7.4f%s",
                percent(point.tar()),
                percent(point.fnmr()),
                point.cosine(),
                point.supported() ? "" : "  (too few impostor pairs)");
    }

    private void quality(RejectCurve curve) {
        String points = curve.points().stream()
                .filter(point -> Math.round(point.rejected() * 100) % SHOWN_EVERY == 0)
                .map(point -> percent(point.fnmr()) + " at " + Math.round(point.rejected() * 100) + " %")
                .collect(Collectors.joining(", "));
        row("quality", "FNMR by share of the worst pictures left out: %s; mean %s", points, percent(curve.area()));
    }

    private void liveness(LivenessReport liveness) {
        line("Liveness");
        row(
                "live",
                "%,d pictures, BPNRR %s",
                liveness.live().pictures(),
                percent(liveness.live().nonResponse()));
        liveness.attacks()
                .forEach((species, presented) ->
                        row(species, "%,d attacks, APNRR %s", presented.pictures(), percent(presented.nonResponse())));
        rates("in use", liveness.inUse());
        rates("at EER", liveness.atEer());
    }

    private void rates(String name, AttackRates rates) {
        String species = rates.apcer().entrySet().stream()
                .map(entry -> entry.getKey() + " " + percent(entry.getValue()))
                .collect(Collectors.joining(", "));
        row(
                name,
                "threshold %.4f: APCER %s, BPCER %s, ACER %s",
                rates.threshold(),
                species,
                percent(rates.bpcer()),
                percent(rates.acer()));
    }

    private void detector(DetectorReport detector) {
        line("Detector");
        row(
                "pictures",
                "%,d, %,d unreadable, %,d without a face",
                detector.pictures(),
                detector.unreadable(),
                detector.emptyPictures());
        row("found", "%,d of %,d faces, %s", detector.found(), detector.faces(), percent(detector.detectionRate()));
        row("false", "%,d", detector.falseDetections());
        row(
                "time",
                "decode %.1f ms, prepare %.1f ms, network %.1f ms a picture",
                detector.decodeMillis(),
                detector.prepareMillis(),
                detector.networkMillis());
        detector.landmarks().ifPresent(this::landmarks);
        detector.misses().forEach(miss -> row("miss", "%s", miss));
    }

    private void landmarks(DetectorReport.Landmarks landmarks) {
        row(
                "landmarks",
                "%s of the eye distance from %s; median %s, 95 %% below %s; %,d faces, %,d more not found",
                percent(landmarks.mean()),
                landmarks.against(),
                percent(landmarks.median()),
                percent(landmarks.worst()),
                landmarks.faces(),
                landmarks.missed());
    }

    private void row(String name, String format, Object... values) {
        lines.add(String.format(Locale.ROOT, ROW, name) + String.format(Locale.ROOT, format, values));
    }

    private void line(String text) {
        lines.add(text);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
