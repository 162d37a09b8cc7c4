package io.menso.inference.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import io.menso.inference.Settings;
import io.menso.inference.image.ImageConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadReaderTest {

    private static final int MAX_IMAGE = 1000;

    private final Semaphore memory = new Semaphore(1000);

    private List<UploadedImage> read(byte[] body, int chunk, Map<String, String> settings) throws IOException {
        InputStream stream = new ByteArrayInputStream(body) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, chunk));
            }
        };
        return new UploadReader(
                        stream,
                        "XXX",
                        Settings.of(UploadConfig.class, settings),
                        MAX_IMAGE,
                        new Reservation(memory, 64))
                .read();
    }

    private List<UploadedImage> read(String body) throws IOException {
        return read(body.getBytes(StandardCharsets.UTF_8), 8192, Map.of());
    }

    private void assertRefused(String body, int status, String error) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(ApiException.class, e -> {
            assertThat(e.status()).isEqualTo(status);
            assertThat(e.error()).isEqualTo(error);
        });
    }

    private static String part(String headers, String content) {
        return "--XXX\r\n" + headers + "\r\n\r\n" + content + "\r\n";
    }

    private static String file(String content) {
        return part("Content-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"", content);
    }

    @Test
    @DisplayName("D9: parts named file are the images, in order; others are passed over")
    void readsImagesInOrder() throws IOException {
        List<UploadedImage> images = read("preamble\r\n"
                + part(
                        "Content-Disposition: form-data; name=\"file\"; filename=\"1.jpg\"\r\nContent-Type: image/jpeg",
                        "one")
                + part("content-disposition: Form-Data; name=other", "not this")
                + part("CONTENT-DISPOSITION: form-data; filename=2.png; name=file", "two\r\n--XX\r\n")
                + part("Content-Disposition: form-data; name=\"file\"", "")
                + "--XXX--\r\nepilogue");

        assertThat(images).extracting(UploadedImage::filename).containsExactly("1.jpg", "2.png", "");
        assertThat(images).extracting(UploadedImage::contentType).containsExactly("image/jpeg", "", "");
        assertThat(images)
                .extracting(image -> new String(image.content(), StandardCharsets.UTF_8))
                .containsExactly("one", "two\r\n--XX\r\n", "");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 70_000})
    void readsWhateverTheChunks(int chunk) throws IOException {
        byte[] content = new byte[900];
        new Random(1).nextBytes(content);
        String text = new String(content, StandardCharsets.ISO_8859_1);
        byte[] body = (file(text) + file(text) + "--XXX--").getBytes(StandardCharsets.ISO_8859_1);

        List<UploadedImage> images = read(body, chunk, Map.of());

        assertThat(images).hasSize(2).allMatch(image -> Arrays.equals(image.content(), content));
    }

    @Test
    void readsFileNamesAsBrowsersWriteThem() throws IOException {
        List<UploadedImage> images =
                read(part("Content-Disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\"; c\\d é.jpg\"", "x")
                        + "--XXX--");

        assertThat(images.getFirst().filename()).isEqualTo("a \"b\"; c\\d é.jpg");
    }

    @Test
    @DisplayName("D9: no image is 400 BAD_REQUEST")
    void refusesNoImage() {
        assertRefused("--XXX--\r\n", 400, "BAD_REQUEST");
        assertRefused(part("Content-Disposition: form-data; name=\"image\"", "x") + "--XXX--", 400, "BAD_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no boundary at all",
                "--XXX",
                "--XXX\r\nContent-Disposition: form-data; name=\"file\"",
                "--XXX\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ncontent without an end",
                "--XXX\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--XXX",
                "--XXX\r\n\r\nno headers\r\n--XXX--",
                "--XXX\r\nnonsense\r\n\r\nx\r\n--XXX--",
                "--XXX garbage\r\n\r\nx\r\n--XXX--",
                "--XXX\r\nContent-Disposition: attachment; name=\"file\"\r\n\r\nx\r\n--XXX--",
                "--XXX\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n--XXX--"
            })
    void refusesMalformedBodies(String body) {
        assertRefused(body, 400, "BAD_REQUEST");
    }

    @Test
    @DisplayName("B3: an image beyond the limit is 413, at the limit it is read")
    void boundsImages() throws IOException {
        assertThat(read(file("x".repeat(MAX_IMAGE)) + "--XXX--").getFirst().content())
                .hasSize(MAX_IMAGE);
        assertRefused(file("x".repeat(MAX_IMAGE + 1)) + "--XXX--", 413, "BAD_CONTENT");
    }

    @Test
    @DisplayName("B4: 32 images are read, 33 are 413")
    void boundsTheNumberOfImages() throws IOException {
        assertThat(read(file("x").repeat(32) + "--XXX--")).hasSize(32);
        assertRefused(file("x").repeat(33) + "--XXX--", 413, "BAD_CONTENT");
    }

    @Test
    @DisplayName("B4: the body is bounded, also in parts that nobody reads")
    void boundsTheBody() {
        byte[] body = (part("Content-Disposition: form-data; name=\"x\"", "y".repeat(3000)) + "--XXX--")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> read(body, 100, Map.of("menso.inference.upload.max-bytes", "2000")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(413));
    }

    @Test
    void boundsHeadersAndParts() {
        assertRefused(part("X-Long: " + "y".repeat(9000), "x") + "--XXX--", 400, "BAD_REQUEST");
        assertRefused(
                part("Content-Disposition: form-data; name=\"x\"", "").repeat(300) + "--XXX--", 413, "BAD_CONTENT");
    }

    @Test
    @DisplayName("Design rule 7: memory that others hold is a 503 at once")
    void refusesWhenMemoryIsTaken() {
        memory.drainPermits();

        assertRefused(file("x") + "--XXX--", 503, "UNAVAILABLE");
    }

    @Test
    @DisplayName("B3: a wrong or missing Content-Type of the request is 400 BAD_REQUEST")
    void readsTheBoundary() {
        assertThat(Boundary.of("multipart/form-data; boundary=XXX")).isEqualTo("XXX");
        assertThat(Boundary.of("Multipart/Form-Data;charset=utf-8; Boundary=\"a b'c\""))
                .isEqualTo("a b'c");
        for (String type : new String[] {
            null,
            "",
            "image/jpeg",
            "multipart/form-data",
            "multipart/mixed; boundary=x",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=" + "x".repeat(71)
        }) {
            assertThatThrownBy(() -> Boundary.of(type))
                    .isInstanceOfSatisfying(
                            ApiException.class, e -> assertThat(e.error()).isEqualTo("BAD_REQUEST"));
        }
    }

    @Test
    @DisplayName("Design rule 7: a large body takes its memory at once or is refused at once, and gives it back")
    void reservesWhatIsAnnounced() {
        Uploads uploads = new Uploads(
                Settings.of(UploadConfig.class, Map.of("menso.inference.upload.memory", "8192")),
                Settings.of(ImageConfig.class),
                new SimpleMeterRegistry());
        byte[] body = (file("x") + "--XXX--").getBytes(StandardCharsets.UTF_8);

        assertThat(receive(uploads, 8192, body)).isEqualTo(1);
        assertThat(uploads.<Integer>receive(
                        "multipart/form-data; boundary=XXX",
                        OptionalLong.of(8192),
                        new ByteArrayInputStream(body),
                        _ -> assertRefusedBeside(uploads, body)))
                .isEqualTo(503);
        assertThat(receive(uploads, 8192, body)).isEqualTo(1);
        assertThatThrownBy(() -> receive(uploads, 134_217_729, body))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(413));
    }

    private static int assertRefusedBeside(Uploads uploads, byte[] body) {
        try {
            return receive(uploads, 1, body);
        } catch (ApiException e) {
            return e.status();
        }
    }

    private static int receive(Uploads uploads, long length, byte[] body) {
        return uploads.receive(
                "multipart/form-data; boundary=XXX",
                OptionalLong.of(length),
                new ByteArrayInputStream(body),
                List::size);
    }

    @Test
    void neverShowsAPictureOrItsName() {
        assertThat(new UploadedImage("john.jpg", "image/jpeg", new byte[] {42}).toString())
                .isEqualTo("UploadedImage[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before", "headers", "after"})
    @DisplayName("B4: bytes count wherever they stand in the body")
    void boundsEverything(String where) {
        String filling = "y".repeat(3000);
        String headers = "Content-Disposition: form-data; name=file";
        String body = switch (where) {
            case "before" -> filling + "\r\n" + part(headers, "x") + "--XXX--";
            case "headers" -> part(headers + "\r\nX: " + filling, "x") + "--XXX--";
            default -> part(headers, "x") + "--XXX--\r\n" + filling;
        };

        assertThatThrownBy(() -> read(
                        body.getBytes(StandardCharsets.UTF_8), 100, Map.of("menso.inference.upload.max-bytes", "2000")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(413));
    }

    @Test
    @DisplayName("Design rule 7: a body that trickles in holds its thread no longer than the limit")
    void boundsTheTime() {
        assertThatThrownBy(() -> read(
                        ("preamble" + file("x") + "--XXX--").getBytes(StandardCharsets.UTF_8),
                        1,
                        Map.of("menso.inference.upload.timeout", "PT0S")))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getMessage()).contains("too long"));
    }
}
