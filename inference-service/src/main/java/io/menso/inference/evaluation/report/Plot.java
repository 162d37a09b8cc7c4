package io.menso.inference.evaluation.report;

import io.menso.inference.evaluation.statistics.ErrorRates.DetPoint;
import io.menso.inference.evaluation.statistics.RejectCurve;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The curves of a report side by side.
final class Plot {

    private static final int WIDTH = 800;
    private static final int HEIGHT = 600;
    private static final int COLUMNS = 2;
    private static final double LEAST = 1e-6;
    private static final int LIVENESS_BINS = 50;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 18);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    private static final Color GENUINE = new Color(0x1B, 0x7F, 0x4B);
    private static final Color IMPOSTOR = new Color(0xC0, 0x39, 0x2B);
    private static final Color NEUTRAL = new Color(0x1F, 0x4E, 0x9E);

    private Plot() {}

    static BufferedImage draw(EvaluationReport report) {
        List<XYChart> charts = new ArrayList<>();
        report.faces().ifPresent(faces -> {
            String name = report.bundles().getOrDefault("embedding", "");
            charts.add(det(name, faces.det()));
            charts.add(scores(name, faces.scores()));
            faces.quality().ifPresent(curve -> charts.add(quality(curve)));
        });
        report.liveness()
                .ifPresent(liveness -> charts.add(liveness(report.bundles().getOrDefault("liveness", ""), liveness)));
        return grid(charts);
    }

    private static BufferedImage grid(List<XYChart> charts) {
        int columns = Math.min(COLUMNS, Math.max(1, charts.size()));
        int rows = Math.max(1, Math.ceilDiv(charts.size(), columns));
        BufferedImage picture = new BufferedImage(columns * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, picture.getWidth(), picture.getHeight());
        for (int i = 0; i < charts.size(); i++) {
            graphics.drawImage(
                    BitmapEncoder.getBufferedImage(charts.get(i)), i % columns * WIDTH, i / columns * HEIGHT, null);
        }
        graphics.dispose();
        return picture;
    }

    /// Both axes are logarithmic, so that rates that matter do not huddle in the corner.
    private static XYChart det(String name, List<DetPoint> points) {
        XYChart chart = chart("DET curve, " + name, "false match rate (FMR)", "false non-match rate (FNMR)");
        chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
        chart.getStyler().setXAxisDecimalPattern("0.#######").setYAxisDecimalPattern("0.#####");
        chart.getStyler().setLegendVisible(false);
        List<DetPoint> drawn =
                points.stream().filter(point -> point.fnmr() > LEAST).toList();
        if (!drawn.isEmpty()) {
            series(
                    chart,
                    "DET",
                    drawn.stream().mapToDouble(DetPoint::fmr).toArray(),
                    drawn.stream().mapToDouble(DetPoint::fnmr).toArray(),
                    NEUTRAL);
        }
        return chart;
    }

    private static XYChart scores(String name, FaceReport.Scores scores) {
        XYChart chart = chart("Scores, " + name, "cosine", "share of the pairs in a step of 0.01");
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Area);
        chart.getStyler().setXAxisMin(least(scores)).setXAxisMax(1.0).setXAxisDecimalPattern("0.0");
        chart.getStyler().setYAxisDecimalPattern("0.000");
        area(chart, "genuine", scores, scores.genuine(), GENUINE);
        area(chart, "impostor", scores, scores.impostor(), IMPOSTOR);
        return chart;
    }

    /// Where the axis begins: a tenth below the first pair.
    private static double least(FaceReport.Scores scores) {
        int first = 0;
        while (first < scores.genuine().size() - 1
                && scores.genuine().get(first) + scores.impostor().get(first) == 0) {
            first++;
        }
        return Math.floor((scores.from() + first * scores.step()) * 10) / 10;
    }

    private static void area(XYChart chart, String name, FaceReport.Scores scores, List<Long> counts, Color color) {
        double total = counts.stream().mapToLong(Long::longValue).sum();
        double[] at = IntStream.range(0, counts.size())
                .mapToDouble(i -> scores.from() + (i + 0.5) * scores.step())
                .toArray();
        double[] shares = counts.stream().mapToDouble(count -> count / total).toArray();
        series(chart, name, at, shares, color);
    }

    private static XYChart quality(RejectCurve curve) {
        XYChart chart = chart(
                String.format(Locale.ROOT, "Error versus reject, threshold at FMR %.0e", curve.fmr()),
                "pictures left out, worst quality first",
                "false non-match rate (FNMR)");
        chart.getStyler().setYAxisMin(0.0).setLegendVisible(false);
        chart.getStyler().setXAxisTickLabelsFormattingFunction(Plot::percent);
        chart.getStyler().setYAxisTickLabelsFormattingFunction(Plot::percent);
        series(
                chart,
                "quality",
                curve.points().stream().mapToDouble(RejectCurve.Point::rejected).toArray(),
                curve.points().stream().mapToDouble(RejectCurve.Point::fnmr).toArray(),
                NEUTRAL);
        return chart;
    }

    private static XYChart liveness(String name, LivenessReport report) {
        XYChart chart = chart("Liveness, " + name, "score", "share of the presentations");
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setXAxisDecimalPattern("0.0");
        chart.getStyler().setYAxisDecimalPattern("0.00").setLegendPosition(LegendPosition.OutsideE);
        steps(chart, "live", report.live().scores());
        report.attacks().forEach((species, presented) -> steps(chart, species, presented.scores()));
        return chart;
    }

    private static void steps(XYChart chart, String name, List<Double> scores) {
        double[] shares = new double[LIVENESS_BINS];
        scores.forEach(
                score -> shares[(int) Math.min(LIVENESS_BINS - 1, score * LIVENESS_BINS)] += 1.0 / scores.size());
        double[] at = IntStream.range(0, LIVENESS_BINS)
                .mapToDouble(i -> (i + 0.5) / LIVENESS_BINS)
                .toArray();
        chart.addSeries(name, at, shares).setMarker(SeriesMarkers.NONE);
    }

    private static String percent(double share) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(100 * share) + " %";
    }

    private static void series(XYChart chart, String name, double[] x, double[] y, Color color) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(SeriesMarkers.NONE);
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(2.5f));
        series.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), 90));
    }

    private static XYChart chart(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        chart.getStyler().setChartTitleFont(TITLE).setLegendFont(TEXT).setLegendPosition(LegendPosition.InsideNE);
        chart.getStyler().setAxisTitleFont(TEXT).setAxisTickLabelsFont(TEXT);
        chart.getStyler().setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE);
        return chart;
    }
}
