package io.menso.inference.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.inference.SharedModels;
import io.menso.inference.evaluation.input.EvaluationException;
import io.menso.inference.evaluation.input.EvaluationRequest;
import io.menso.inference.evaluation.report.DetectorReport;
import io.menso.inference.evaluation.report.EvaluationReport;
import io.menso.inference.evaluation.report.FaceReport;
import io.menso.inference.evaluation.report.LivenessReport;
import io.menso.inference.evaluation.report.ReportFiles;
import io.menso.inference.evaluation.report.ReportPrinter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole runs over the pictures of nobody that the demo uses: 6 persons with 3 pictures each.
@QuarkusTest
@WithTestResource(SharedModels.class)
class EvaluationTest {

    @TempDir
    Path folder;

    @Inject
    Evaluation evaluation;

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @BeforeEach
    void requireModels() {
        Assumptions.assumeTrue(SharedModels.available(), "skipped: weights are read from the folder menso.shared");
    }

    @Test
    void comparesAllWithAllAndWritesEverything() throws IOException {
        Path faces = faces("faces");
        Files.writeString(faces.resolve("person1_9.jpg"), "no picture");

        EvaluationReport report = run("\"pictures\":\"" + faces + "\"");

        FaceReport found = report.faces().orElseThrow();
        assertThat(found.counts()).isEqualTo(new FaceReport.Counts(19, 1, 18, 6, 18, 135));
        assertThat(found.acquisition().orElseThrow().detectionRate()).isEqualTo(1);
        assertThat(found.acquisition().orElseThrow().failureToEnrol()).isZero();
        // All pairs are told apart, but a fold may hold the worst genuine pair, below what the other nine ask for.
        assertThat(found.pairsAccuracy().orElseThrow()).isBetween(0.9, 1.0);
        assertThat(found.eer()).isZero();
        assertThat(found.points()).allSatisfy(point -> {
            assertThat(point.tar()).isEqualTo(1);
            assertThat(point.cosine()).isBetween(0.0, 0.5);
        });
        assertThat(found.embeddingFacesPerSecond()).isPositive();
        assertThat(found.quality().orElseThrow().points().getFirst().pairs()).isEqualTo(18);
        assertThat(report.notes())
                .anySatisfy(note -> assertThat(note).contains("person1_9.jpg").contains("neither JPEG"))
                .anySatisfy(note -> assertThat(note).contains("no calibration").contains("135"));
        assertThat(progress.toString(StandardCharsets.UTF_8)).contains("faces: 19 of 19");
        assertThat(ReportPrinter.lines(report, true))
                .anySatisfy(line -> assertThat(line).contains("18 genuine, 135 impostor, of 6 persons"))
                .anySatisfy(line -> assertThat(line).contains("of pairs right, 10 folds"));
        assertThatFilesAreWritten(report);
    }

    private void assertThatFilesAreWritten(EvaluationReport report) throws IOException {
        Path json = folder.resolve("report.json");
        Path plot = folder.resolve("report.png");
        EvaluationRequest request =
                request("\"pictures\":\"x\"", "\"json\":\"" + json + "\",\"plot\":\"" + plot + "\",");

        assertThat(new ReportFiles(request.outputs()).write(report)).containsExactly(json, plot);

        assertThat(Files.readString(json)).contains("\"pairs_accuracy\" : ", "\"genuine_pairs\" : 18");
        BufferedImage curves = ImageIO.read(plot.toFile());
        assertThat(curves.getWidth()).isEqualTo(1600);
        assertThat(curves.getHeight()).isEqualTo(1200);
    }

    @Test
    void listedPairsAreComparedAndNoOthers() throws IOException {
        faces("faces");
        Path pairs = Files.writeString(folder.resolve("pairs.csv"), """
                path1,path2,same
                faces/person1_1.jpg,faces/person1_2.jpg,1
                faces/person2_1.jpg,faces/person2_2.jpg,1
                faces/person1_1.jpg,faces/person2_1.jpg,0
                """);

        FaceReport found = run("\"pairs\":\"" + pairs + "\"").faces().orElseThrow();

        assertThat(found.counts()).isEqualTo(new FaceReport.Counts(4, 0, 4, 0, 2, 1));
        assertThat(found.pairsAccuracy()).isEmpty();
        assertThat(found.eer()).isZero();
    }

    @Test
    void alignedFacesNeedNoDetector() throws IOException {
        Path aligned = Files.createDirectory(folder.resolve("aligned"));
        for (String name : new String[] {"person1_1", "person1_2", "person2_1", "person2_2"}) {
            BufferedImage picture = ImageIO.read(demo(name + ".jpg"));
            // The demo's faces stand in the middle; a square around the centre does for an aligned face.
            BufferedImage face = picture.getSubimage(100, 120, 280, 280);
            ImageIO.write(face, "png", aligned.resolve(name + ".png").toFile());
        }
        ImageIO.write(
                new BufferedImage(50, 60, BufferedImage.TYPE_INT_RGB),
                "png",
                aligned.resolve("person3_1.png").toFile());

        EvaluationReport report = run("\"pictures\":\"" + aligned + "\"", true);

        assertThat(report.bundles()).containsOnlyKeys("embedding", "quality");
        assertThat(report.faces().orElseThrow().acquisition()).isEmpty();
        assertThat(report.faces().orElseThrow().counts()).isEqualTo(new FaceReport.Counts(5, 1, 4, 2, 2, 4));
        assertThat(report.notes()).anySatisfy(note -> assertThat(note).contains("50 x 60"));
    }

    @Test
    void livenessErrorsAreToldBySpecies() throws IOException {
        Path data = folder.resolve("liveness");
        copy(SharedModels.shared().resolve("photos/live-T1.jpg"), data.resolve("live/a.jpg"));
        copy(SharedModels.shared().resolve("photos/spoof-F1.jpg"), data.resolve("attack-print/b.jpg"));
        copy(SharedModels.shared().resolve("photos/spoof-F2.jpg"), data.resolve("attack-screen/c.jpg"));

        LivenessReport found =
                run("\"liveness_data\":\"" + data + "\"").liveness().orElseThrow();

        assertThat(found.inUse().threshold()).isEqualTo(0.5);
        assertThat(found.inUse().apcer()).containsEntry("print", 0.0).containsEntry("screen", 0.0);
        assertThat(found.inUse().bpcer()).isZero();
        assertThat(found.atEer().acer()).isZero();
        assertThat(found.attacks())
                .hasEntrySatisfying(
                        "print", attack -> assertThat(attack.nonResponse()).isZero());
    }

    @Test
    void facesAreCountedAndLandmarksComparedWithAnotherDetector() throws IOException {
        Path scenes = faces("scenes");
        Path none = Files.createDirectory(scenes.resolve("noface"));
        ImageIO.write(
                new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB),
                "png",
                none.resolve("black.png").toFile());

        DetectorReport found = run("\"detector_data\":\"" + scenes + "\",\"against\":\"face_detector_76K\"")
                .detector()
                .orElseThrow();

        assertThat(found.pictures()).isEqualTo(19);
        assertThat(found.found()).isEqualTo(18);
        assertThat(found.detectionRate()).isEqualTo(1);
        assertThat(found.falseDetections()).isZero();
        assertThat(found.emptyPictures()).isEqualTo(1);
        assertThat(found.networkMillis()).isPositive();
        assertThat(found.misses()).isEmpty();
        assertThat(found.landmarks().orElseThrow().faces()).isEqualTo(18);
        assertThat(found.landmarks().orElseThrow().missed()).isZero();
    }

    @Test
    void dataThatCannotBeEvaluatedAreRefused() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path strangers = Files.createDirectory(folder.resolve("strangers"));
        copyDemo("person1_1.jpg", strangers.resolve("a_1.jpg"));
        copyDemo("person2_1.jpg", strangers.resolve("b_1.jpg"));
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("a_1.jpg"), "no picture");

        assertThatThrownBy(() -> run("\"pictures\":\"" + folder.resolve("absent") + "\""))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> run("\"pictures\":\"" + empty + "\""))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("no pictures");
        assertThatThrownBy(() -> run("\"pictures\":\"" + strangers + "\""))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("no genuine pairs");
        assertThatThrownBy(() -> run("\"pictures\":\"" + broken + "\""))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("none of the 1 pictures can be read");
    }

    @Test
    void aModelThatIsNotInstalledIsNamedWithThoseThatAre() throws IOException {
        Path faces = faces("faces");
        EvaluationRequest request = EvaluationRequest.parse("{\"pictures\":\"" + faces
                + "\",\"aligned\":false,\"calibrate_with\":[],\"bundles\":{\"embedding\":\"face_embedding_9M\"},"
                + "\"outputs\":{\"print_calibration\":false}}");

        assertThatThrownBy(() -> evaluation.run(request, silent()))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("no embedding face_embedding_9M")
                .hasMessageContaining("face_embedding_1M@");
    }

    @Test
    void aCalibrationThatIsWantedNeedsEnoughPairs() throws IOException {
        EvaluationRequest request = request(
                "\"pictures\":\"" + faces("faces") + "\"", "\"calibration\":\"" + folder.resolve("c.yaml") + "\",");

        assertThatThrownBy(() -> evaluation.run(request, silent()))
                .isInstanceOf(EvaluationException.class)
                .hasMessageContaining("200000 pairs");
    }

    private EvaluationReport run(String members) {
        return run(members, false);
    }

    private EvaluationReport run(String members, boolean aligned) {
        String json = "{" + members + ",\"aligned\":" + aligned
                + ",\"calibrate_with\":[],\"bundles\":{},\"threads\":2,\"outputs\":{\"print_calibration\":false}}";
        EvaluationReport report = evaluation.run(EvaluationRequest.parse(json), silent());
        assertThat(report.threads()).isEqualTo(2);
        return report;
    }

    private static EvaluationRequest request(String members, String outputs) {
        return EvaluationRequest.parse("{" + members + ",\"aligned\":false,\"calibrate_with\":[],\"bundles\":{},"
                + "\"outputs\":{" + outputs + "\"print_calibration\":false}}");
    }

    private Progress silent() {
        return new Progress(new PrintStream(progress, true, StandardCharsets.UTF_8), false);
    }

    private Path faces(String name) throws IOException {
        Path faces = Files.createDirectory(folder.resolve(name));
        for (int person = 1; person <= 6; person++) {
            for (int variant = 1; variant <= 3; variant++) {
                String file = "person" + person + "_" + variant + ".jpg";
                copyDemo(file, faces.resolve(file));
            }
        }
        return faces;
    }

    private static void copyDemo(String name, Path target) throws IOException {
        try (InputStream in = demo(name)) {
            Files.copy(in, target);
        }
    }

    private static void copy(Path source, Path target) {
        try {
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(source, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream demo(String name) {
        return Objects.requireNonNull(EvaluationTest.class.getResourceAsStream("/demo/" + name), name);
    }
}
