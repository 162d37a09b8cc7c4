package io.menso.pipeline.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.menso.commons.web.ApiException;
import io.menso.pipeline.calls.Image;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartReaderTest {

    private static final String TYPE = "multipart/form-data; boundary=XX";
    private static final String BODY = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.jpg\"\r\n"
            + "Content-Type: image/jpeg\r\n\r\n\0\1\r\n--X\2\r\n--XX\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"
            + "text\r\n--XX--\r\n";

    private final UploadConfig config = config(Map.of());

    static UploadConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(UploadConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(UploadConfig.class);
    }

    private List<Image> read(UploadConfig limits, String type, String body, int step) {
        UploadMemory.Reservation memory = new UploadMemory(limits, new SimpleMeterRegistry()).reserve();
        MultipartReader reader = new MultipartReader(type, limits, memory);
        for (int at = 0; at < body.length(); at += step) {
            String piece = body.substring(at, Math.min(body.length(), at + step));
            reader.accept(Buffer.buffer(piece.getBytes(ISO_8859_1)));
        }
        return reader.finish();
    }

    @ParameterizedTest
    @DisplayName("Images come out byte for byte, however the body is cut into pieces")
    @ValueSource(ints = {1, 2, 3, 7, 50, 1000})
    void readsInPieces(int step) {
        List<Image> images = read(config, TYPE, BODY, step);
        assertThat(images).hasSize(2);
        assertThat(images.getFirst().name()).isEqualTo("a b.jpg");
        assertThat(images.getFirst().type()).isEqualTo("image/jpeg");
        assertThat(images.getFirst().bytes()).isEqualTo("\0\1\r\n--X\2".getBytes(ISO_8859_1));
        assertThat(images.get(1).bytes()).isEqualTo("text".getBytes(ISO_8859_1));
    }

    @ParameterizedTest
    @DisplayName("A body that ends early or is no multipart is 400 BAD_REQUEST")
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc",
                "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nabc\r\n--X",
                "--XX\r\nnonsense\r\n\r\nabc\r\n--XX--",
                "--XX--\r\n"
            })
    void refusesMalformed(String body) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> read(config, TYPE, body, 1000))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400))
                .satisfies(refusal -> assertThat(refusal.error()).isEqualTo("BAD_REQUEST"));
    }

    @ParameterizedTest
    @DisplayName("A type without boundary, or none, is 400 BAD_REQUEST")
    @ValueSource(strings = {"", "multipart/form-data", "application/json", "multipart/mixed; boundary=XX"})
    void refusesOtherTypes(String type) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> read(config, type, BODY, 1000))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(400));
    }

    @Test
    @DisplayName("B4: a body beyond the limit is 413, and memory beyond what all may have is 503")
    void limitsMemory() {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> read(config(Map.of("menso.pipeline.upload.body-bytes", "100")), TYPE, BODY, 10))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(413));
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> read(config(Map.of("menso.pipeline.upload.total-bytes", "100")), TYPE, BODY, 10))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(503))
                .satisfies(refusal -> assertThat(refusal.headers()).containsKey("Retry-After"));
    }

    @Test
    @DisplayName("Released memory can be used again, and is released once")
    void releasesMemory() {
        UploadMemory memory =
                new UploadMemory(config(Map.of("menso.pipeline.upload.total-bytes", "100")), new SimpleMeterRegistry());
        UploadMemory.Reservation first = memory.reserve();
        first.grow(100);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> memory.reserve().grow(1));
        first.release();
        first.release();
        memory.reserve().grow(100);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> memory.reserve().grow(1));
    }

    private Image file(String headers, String content) {
        String body = "--XX\r\n" + headers + "\r\n\r\n" + content + "\r\n--XX--\r\n";
        return read(config, TYPE, body, 30_000).getFirst();
    }

    @Test
    @DisplayName("File names come out as clients mean them, however long they are")
    void readsFileNames() {
        String form = "Content-Disposition: form-data; name=\"file\"; filename=";
        assertThat(file(form + "\"a \\\"b\\\"; name=x; c\\d.jpg\"", "x").name()).isEqualTo("a \"b\"; name=x; c\\d.jpg");
        assertThat(file("content-disposition : Form-Data ; FileName = a.jpg ; name=file", "x")
                        .name())
                .isEqualTo("a.jpg");
        assertThat(file(form + '"' + "n".repeat(8000) + '"', "x").name()).hasSize(8000);
        assertThat(file(form + "a\r\nContent-Type: x" + " ".repeat(8000) + "y", "x")
                        .type())
                .endsWith("y");
    }

    @Test
    @DisplayName("An image of many pieces comes out byte for byte")
    void readsLargeImages() {
        String content = "0123456789abcdef".repeat(20_000) + "end";
        Image image = file("Content-Disposition: form-data; name=file", content);
        assertThat(image.bytes()).isEqualTo(content.getBytes(ISO_8859_1));
    }
}
