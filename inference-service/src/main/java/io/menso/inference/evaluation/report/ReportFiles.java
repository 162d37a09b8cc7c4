package io.menso.inference.evaluation.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.menso.inference.bundle.Calibration;
import io.menso.inference.evaluation.input.EvaluationException;
import io.menso.inference.evaluation.input.EvaluationRequest.Outputs;
import io.menso.inference.evaluation.statistics.CalibrationTable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// Writes a report to files.
public final class ReportFiles {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Outputs outputs;

    /// @throws EvaluationException when a file could not be written where it is wanted, before hours of work
    public ReportFiles(Outputs outputs) {
        this.outputs = outputs;
        Stream.of(outputs.json(), outputs.plot(), outputs.calibration())
                .flatMap(Optional::stream)
                .forEach(ReportFiles::requireFolder);
    }

    /// @return what was written
    public List<Path> write(EvaluationReport report) {
        List<Path> written = new ArrayList<>();
        try {
            if (outputs.json().isPresent()) {
                Files.writeString(outputs.json().get(), JSON.writeValueAsString(report) + "\n");
                written.add(outputs.json().get());
            }
            Optional<Calibration> calibration = report.faces().flatMap(FaceReport::calibration);
            if (outputs.calibration().isPresent() && calibration.isPresent()) {
                Files.writeString(outputs.calibration().get(), CalibrationTable.yaml(calibration.get()));
                written.add(outputs.calibration().get());
            }
            if (outputs.plot().isPresent()) {
                plot(report, outputs.plot().get());
                written.add(outputs.plot().get());
            }
            return written;
        } catch (IOException e) {
            throw new EvaluationException("the report cannot be written: " + e.getMessage(), e);
        }
    }

    private static void plot(EvaluationReport report, Path file) throws IOException {
        try {
            BufferedImage picture = Plot.draw(report);
            ImageIO.write(picture, "png", file.toFile());
        } catch (InternalError | NoClassDefFoundError | UnsatisfiedLinkError e) {
            throw new EvaluationException("the plot cannot be drawn: this machine has no fonts (fontconfig)", e);
        }
    }

    private static void requireFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new EvaluationException(file + " cannot be written");
        }
    }
}
