package io.menso.local.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import io.menso.local.models.PinnedModel.Fingerprint;
import io.menso.local.models.PinnedModel.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelInstallerTest {

    private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);
    private static final Fingerprint PRINT = new Fingerprint(
            WEIGHTS.length, HexFormat.of().formatHex(VerifiedCopy.sha256().digest(WEIGHTS)));
    private static final Upstream UPSTREAM =
            new Upstream("owner/repository", "owner/repository/0123/onnx/net.onnx", PRINT);
    private static final PinnedModel MODEL = model(new PinnedModel.File("net.onnx", UPSTREAM));

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private HttpServer upstream;
    private byte[] answer = WEIGHTS;
    private int asked;

    @BeforeEach
    void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/owner/repository/0123/onnx/net.onnx", exchange -> {
            asked++;
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        upstream.start();
    }

    @AfterEach
    void stop() {
        upstream.stop(0);
    }

    @Test
    void modelIsDownloadedAndItsLicenceShown() throws IOException {
        installer(web()).install(MODEL, model -> true);

        assertThat(installed().resolve("net.onnx")).hasBinaryContent(WEIGHTS);
        assertThat(installed().resolve("model.yaml")).hasContent("name: x\n");
        assertThat(said).anyMatch(line -> line.contains("licence MIT"));
    }

    @Test
    void installedModelIsLeftAlone() throws IOException {
        installer(web()).install(MODEL, model -> true);

        installer(web()).install(MODEL, model -> true);

        assertThat(asked).isEqualTo(1);
        assertThat(said.getLast()).isEqualTo("face_detector_1K abcdef0 is installed");
    }

    @Test
    void damagedModelIsReplaced() throws IOException {
        installer(web()).install(MODEL, model -> true);
        Files.writeString(installed().resolve("net.onnx"), "damaged");

        installer(web()).install(MODEL, model -> true);

        assertThat(installed().resolve("net.onnx")).hasBinaryContent(WEIGHTS);
        assertThatNothingElseRemains();
    }

    @Test
    void refusedLicenceInstallsNothing() throws IOException {
        installer(web()).install(MODEL, model -> false);

        assertThat(asked).isZero();
        assertThat(installed()).doesNotExist();
    }

    @Test
    void otherContentIsRefused() throws IOException {
        answer = "weighty".getBytes(StandardCharsets.UTF_8);
        assertRefused("SHA-256");
        answer = "w".getBytes(StandardCharsets.UTF_8);
        assertRefused("has 1 bytes");
        answer = new byte[10_000_000];
        assertRefused("longer than the 7 bytes expected");
    }

    @Test
    void absentUpstreamIsNamed() {
        URI nowhere = URI.create("http://127.0.0.1:" + upstream.getAddress().getPort() + "/other/");
        PinnedModel moved = model(new PinnedModel.File("net.onnx", new Upstream("a/b", "a/b/0123/gone.onnx", PRINT)));

        assertThatThrownBy(() -> installer(WeightsSource.web(nowhere)).install(moved, model -> true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a/b/0123/gone.onnx answered 404");
    }

    @Test
    void modelIsTakenFromAFolder() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("downloads/owner__repository"));
        Files.write(folder.resolve("net.onnx"), WEIGHTS);

        installer(WeightsSource.folder(directory.resolve("downloads"))).install(MODEL, model -> true);

        assertThat(asked).isZero();
        assertThat(installed().resolve("net.onnx")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void fileMissingInTheFolderIsNamed() {
        assertThatThrownBy(() -> installer(WeightsSource.folder(directory)).install(MODEL, model -> true))
                .hasMessageContaining("face_detector_1K could not be installed")
                .hasMessageContaining("owner__repository/net.onnx");
    }

    @Test
    void everyPinIsAtAFullCommitAndHasADigest() {
        assertThat(Pins.load()).isNotEmpty().allSatisfy(model -> {
            assertThat(model.revision()).matches("[0-9a-f]{7}");
            assertThat(model.licence()).isNotBlank();
            assertThat(model.files()).isNotEmpty().allSatisfy(file -> {
                assertThat(file.print().sha256()).matches("[0-9a-f]{64}");
                assertThat(file.print().bytes()).isPositive();
                assertThat(file.upstream()).isNotEmpty().allSatisfy(ModelInstallerTest::assertPinned);
            });
        });
    }

    private static void assertPinned(Upstream upstream) {
        assertThat(upstream.path()).matches("[^/]+/[^/]+/[0-9a-f]{40}/.+");
        assertThat(upstream.print().sha256()).matches("[0-9a-f]{64}");
        assertThat(upstream.print().bytes()).isPositive();
        assertThat(upstream.at(URI.create("https://raw.githubusercontent.com")).toString())
                .isEqualTo("https://raw.githubusercontent.com/" + upstream.path());
    }

    @Test
    void filesThatCannotBeConvertedInstallNothing() throws IOException {
        PinnedModel model = model(new PinnedModel.File(
                "net.onnx", PRINT, Optional.of(Conversion.FACEAPI_AGE_GENDER), List.of(UPSTREAM, UPSTREAM)));

        assertThatThrownBy(() -> installer(web()).install(model, _ -> true))
                .isInstanceOf(IOException.class)
                .hasMessage("face_detector_1K could not be installed: the manifest is no JSON");
        assertThat(installed()).doesNotExist();
        assertThatNothingElseRemains();
    }

    @Test
    void damagedOriginalIsRefusedBeforeItIsConverted() throws IOException {
        answer = "weighty".getBytes(StandardCharsets.UTF_8);
        PinnedModel model = model(
                new PinnedModel.File("net.onnx", PRINT, Optional.of(Conversion.MINIFASNET_V2), List.of(UPSTREAM)));

        assertThatThrownBy(() -> installer(web()).install(model, _ -> true)).hasMessageContaining("SHA-256");
        assertThatNothingElseRemains();
    }

    @Test
    void conversionThatMakesAnythingElseThanPinnedInstallsNothing() throws IOException {
        Path shared = sharedModels();
        PinnedModel.File pinned = Pins.load().stream()
                .flatMap(model -> model.files().stream())
                .filter(file -> file.conversion().isPresent())
                .findFirst()
                .orElseThrow();
        Fingerprint other = new Fingerprint(pinned.print().bytes(), PRINT.sha256());
        PinnedModel model = model(new PinnedModel.File("net.onnx", other, pinned.conversion(), pinned.upstream()));

        assertThatThrownBy(() -> installer(WeightsSource.folder(shared)).install(model, _ -> true))
                .hasMessageContaining("net.onnx has " + other.bytes() + " bytes and SHA-256")
                .hasMessageContaining("instead of");
        assertThatNothingElseRemains();
    }

    @Test
    void pinnedModelsInstallFromTheSharedFolder() throws IOException {
        Path shared = sharedModels();

        List<InstalledModel> installed = ModelInstaller.pull(directory, Optional.of(shared), said::add);

        assertThat(installed)
                .extracting(InstalledModel::name)
                .hasSameElementsAs(Pins.load().stream().map(PinnedModel::name).toList());
        assertThat(ModelInstaller.list(directory)).isEqualTo(installed);
        assertThat(ModelInstaller.missing(directory)).isEmpty();
        assertThat(installed).anySatisfy(model -> {
            assertThat(model.name()).isEqualTo("face_detector_76K");
            assertThat(model.parameters()).isEqualTo(75_856);
            assertThat(model.licence()).startsWith("Apache-2.0");
        });
    }

    @Test
    void emptyFolderMissesEveryPinnedModel() throws IOException {
        assertThat(ModelInstaller.list(directory.resolve("absent"))).isEmpty();
        assertThat(ModelInstaller.missing(directory)).isEqualTo(Pins.load());
    }

    private void assertRefused(String message) throws IOException {
        assertThatThrownBy(() -> installer(web()).install(MODEL, model -> true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
        assertThat(installed()).doesNotExist();
        assertThatNothingElseRemains();
    }

    private void assertThatNothingElseRemains() throws IOException {
        try (Stream<Path> entries = Files.list(installed().getParent())) {
            assertThat(entries.filter(entry -> !entry.equals(installed()))).isEmpty();
        }
    }

    private static PinnedModel model(PinnedModel.File file) {
        return new PinnedModel(
                "face_detector_1K",
                "abcdef0",
                "detector",
                1000,
                "MIT",
                "https://example.org",
                "name: x\n",
                List.of(file));
    }

    private static Path sharedModels() {
        Path shared = Path.of(System.getProperty("menso.shared", "../../../shared"), "models");
        assumeThat(shared).as("downloaded models for this test").isDirectory();
        return shared;
    }

    private ModelInstaller installer(WeightsSource source) {
        return new ModelInstaller(directory, source, said::add);
    }

    private WeightsSource web() {
        return WeightsSource.web(
                URI.create("http://127.0.0.1:" + upstream.getAddress().getPort()));
    }

    private Path installed() {
        return directory.resolve("face_detector_1K/abcdef0");
    }
}
