package io.menso.inference.bundle;

import static io.menso.inference.bundle.BundleFixture.DETECTOR;
import static io.menso.inference.bundle.BundleFixture.WEIGHTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.inference.bundle.BundleFolder.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInBundlesTest {

    @TempDir
    Path directory;

    private final ShippedFixture shipped = new ShippedFixture();

    private Path cache() {
        return directory.resolve("a/cache");
    }

    private Found read() {
        return new BuiltInBundles(shipped, cache()).read();
    }

    private Path unpacked(String revision) {
        return cache().resolve("face_detector_76K").resolve(revision);
    }

    @Test
    void serviceWithoutAnIndexShipsNothing() {
        assertThat(read().bundles()).isEmpty();
        assertThat(read().problems()).isEmpty();
        assertThat(cache()).doesNotExist();
    }

    @Test
    void bundleIsUnpackedAndVerified() {
        String revision = shipped.add(DETECTOR);

        Found found = read();

        assertThat(found.problems()).isEmpty();
        assertThat(found.bundles()).singleElement().satisfies(one -> {
            assertThat(one.bundle()).hasToString("face_detector_76K@" + revision);
            assertThat(one.bundle().origin()).isEqualTo(Origin.BUILT_IN);
            assertThat(one.bundle().path(one.bundle().weights().getFirst())).hasBinaryContent(WEIGHTS);
        });
    }

    @Test
    void whatIsThereIsUsedAsItIs() throws IOException {
        String revision = shipped.add(DETECTOR);
        read();
        FileTime before = Files.getLastModifiedTime(unpacked(revision));
        shipped.files.remove("face_detector_76K/" + revision + "/net.onnx");

        assertThat(read().bundles()).hasSize(1);

        assertThat(Files.getLastModifiedTime(unpacked(revision))).isEqualTo(before);
    }

    @Test
    void completeCacheNeedNotBeWritable() throws IOException {
        String revision = shipped.add(DETECTOR);
        read();
        Files.delete(cache().resolve(".lock"));
        // Whoever locks would make this a file; even root cannot.
        Files.createDirectory(cache().resolve(".lock"));

        assertThat(read().bundles()).hasSize(1);
        assertThat(unpacked(revision)).exists();
    }

    @Test
    void damagedBundleIsReplaced() throws IOException {
        String revision = shipped.add(DETECTOR);
        read();
        Files.writeString(unpacked(revision).resolve("net.onnx"), "something else");

        assertThat(read().bundles()).hasSize(1);

        assertThat(unpacked(revision).resolve("net.onnx")).hasBinaryContent(WEIGHTS);
    }

    @Test
    void foreignDescriptionIsReplaced() throws IOException {
        String revision = shipped.add(DETECTOR);
        read();
        Files.writeString(unpacked(revision).resolve("model.yaml"), DETECTOR.replace("yunet", "other"));

        read();

        assertThat(unpacked(revision).resolve("model.yaml")).hasContent(DETECTOR);
    }

    @Test
    void whatAnEndedServiceLeftIsRemoved() throws IOException {
        String revision = shipped.add(DETECTOR);
        Path left = Files.createDirectories(cache().resolve("face_detector_76K/.unfinished-1"));
        Files.writeString(left.resolve("net.onnx"), "half");

        read();

        try (Stream<Path> entries = Files.list(cache().resolve("face_detector_76K"))) {
            assertThat(entries).containsExactly(unpacked(revision));
        }
    }

    @Test
    void servicesThatStartTogetherDoNotMeet() throws Exception {
        shipped.add(DETECTOR);
        shipped.add(DETECTOR.replace("score: 0.6", "score: 0.7"));
        int count = 8;
        CyclicBarrier start = new CyclicBarrier(count);
        Callable<Found> service = () -> {
            start.await();
            return read();
        };

        try (ExecutorService services = Executors.newFixedThreadPool(count)) {
            for (var found : services.invokeAll(
                    Stream.generate(() -> service).limit(count).toList())) {
                assertThat(found.get().problems()).isEmpty();
                assertThat(found.get().bundles()).hasSize(2);
            }
        }
    }

    @Test
    void folderThatCannotBeWrittenIsNamedWithItsSetting() throws IOException {
        shipped.add(DETECTOR);
        Files.createDirectories(cache().getParent());
        Files.writeString(cache(), "a file where the folder should be");

        assertThat(read().problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .hasMessageContaining(cache().toString())
                        .hasMessageContaining("menso.inference.models-cache-dir"));
    }

    @Test
    void bundleThatIsNotWhatItSaysIsLeftOut() throws IOException {
        String revision = shipped.add(DETECTOR);
        shipped.files.put("face_detector_76K/" + revision + "/net.onnx", "something else".getBytes());
        shipped.add(DETECTOR.replace("score: 0.6", "score: 0.7"));

        Found found = read();

        assertThat(found.bundles()).hasSize(1);
        assertThat(found.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).hasMessageContaining("net.onnx has SHA-256"));
    }

    @Test
    void indexThatLeadsElsewhereIsRefused() {
        shipped.files.put("index", "../../etc/0000000\nface_detector_76K/0000000\n".getBytes());

        assertThat(read().problems())
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        first -> assertThat(first).contains("../../etc"),
                        second -> assertThat(second).contains("face_detector_76K/0000000"));
    }

    @Test
    void indexThatCannotBeReadStopsTheService() {
        BuiltInBundles broken = new BuiltInBundles(
                _ -> {
                    throw new IOException("broken");
                },
                cache());

        assertThatThrownBy(broken::read).isInstanceOf(BundleException.class);
        assertThat(List.of(cache())).allSatisfy(path -> assertThat(path).doesNotExist());
    }
}
