package io.menso.inference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.menso.inference.image.ImageFiles;
import io.menso.inference.model.ModelRegistry;
import io.menso.testing.InternalTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The models over HTTP, with real weights and photographs.
@QuarkusTest
@WithTestResource(SharedModels.class)
class ModelsResourceTest {

    private static final String ANALYSIS = "/v3/models/face_analysis";
    private static final String DETECTOR = "/v3/models/face_detector_76K";
    private static final String EMBEDDING = "/v3/models/face_embedding_1M";
    private static final String LIVENESS = "/v3/models/face_liveness_868K";
    private static final String QUALITY = "/v3/models/face_quality";

    @Inject
    ModelRegistry registry;

    private final String token = InternalTokens.system("acme", "production");

    @BeforeEach
    void awaitModels() {
        Assumptions.assumeTrue(
                SharedModels.available(), "skipped: weights and photographs are read from the folder menso.shared");
        await().atMost(Duration.ofSeconds(90)).until(registry::isReady);
    }

    private static byte[] photo(String name) {
        try {
            return Files.readAllBytes(SharedModels.shared().resolve("photos").resolve(name));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Multipart photos(String... names) {
        Multipart body = new Multipart();
        for (String name : names) {
            String type = name.endsWith("png") ? "image/png" : name.endsWith("jp2") ? "image/jp2" : "image/jpeg";
            body.file(name, type, photo(name));
        }
        return body;
    }

    private ValidatableResponse get(String path) {
        return given().header("Authorization", "Bearer " + token).get(path).then();
    }

    private static float[] vector(String base64) {
        FloatBuffer numbers = ByteBuffer.wrap(Base64.getDecoder().decode(base64))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] vector = new float[numbers.remaining()];
        numbers.get(vector);
        return vector;
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static float[] analysed(String checks, String... names) {
        return vector(photos(names)
                .post(ANALYSIS + "?checks=" + checks)
                .statusCode(200)
                .extract()
                .path("embedding.vector"));
    }

    @Test
    @DisplayName("C1, C2, C3: models are listed in pages")
    void lists() {
        get("/v3/models")
                .statusCode(200)
                .body("page", equalTo(1))
                .body(
                        "models",
                        hasItems(
                                "face_analysis",
                                "face_detector_76K",
                                "face_embedding_1M",
                                "face_liveness_868K",
                                "face_quality"))
                .header("Link", nullValue());
        get("/v3/models?per_page=2&page=2")
                .statusCode(200)
                .body("models", hasSize(2))
                .header("Link", containsString("rel=\"prev\""));
        get("/v3/models?page=9").statusCode(200).body("models", empty()).body("page", equalTo(9));
        get("/v3/models?page=0").statusCode(400).body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    @DisplayName("F1, F2: a model describes its parameters and revisions")
    void describes() {
        get(EMBEDDING)
                .statusCode(200)
                .body("name", equalTo("face_embedding_1M"))
                .body("description", notNullValue())
                .body("parameters", hasSize(1))
                .body("parameters[0].name", equalTo("revision"))
                .body("parameters[0].type", equalTo("string"))
                .body("parameters[0].default", equalTo("latest"))
                .body("parameters[0].enum", hasItem("latest"))
                .body("parameters[0].enum[0]", matchesPattern("[0-9a-f]{7}"))
                .body("parameters[0].minimum", nullValue());
        get(ANALYSIS)
                .body("parameters[1].name", equalTo("checks"))
                .body("parameters[1].enum", hasItems("none", "registration", "enrollment", "identification"));
        get("/v3/models/nothing_5M").statusCode(404).body("error", equalTo("BAD_RESOURCE"));
    }

    @Test
    @DisplayName("A15: without a valid internal token there is no answer")
    void refusesStrangers() {
        given().get("/v3/models").then().statusCode(401).body("error", equalTo("BAD_AUTH"));
        photos("obama-1.jpg")
                .post(DETECTOR, InternalTokens.expired("acme", "production"))
                .statusCode(401);
        photos("obama-1.jpg").post(DETECTOR, InternalTokens.operator()).statusCode(401);
    }

    @Test
    @DisplayName("A8: a device may execute models")
    void devicesMay() {
        String device = InternalTokens.device("acme", "production", UUID.randomUUID(), "HALL");

        photos("obama-1.jpg").post(DETECTOR, device).statusCode(200);
    }

    @Test
    @DisplayName("F3: shape of detectors; boxes and points are in pixels of the upright picture")
    void detects() {
        photos("obama-1.jpg", "live-T1.jpg")
                .post(DETECTOR)
                .statusCode(200)
                .body("model", equalTo("face_detector_76K"))
                .body("revision", matchesPattern("[0-9a-f]{7}"))
                .body("images.filename", equalTo(List.of("obama-1.jpg", "live-T1.jpg")))
                .body("images[0].width", equalTo(910))
                .body("images[0].height", equalTo(1137))
                .body("images[0].faces", hasSize(1))
                .body("images[0].faces[0].score", greaterThan(0.9f))
                .body("images[0].faces[0].box.height", greaterThan(300f))
                .body("images[0].faces[0].landmarks", hasSize(5))
                .body("images[0].faces[0].landmarks[0]", hasSize(2))
                // Stored sideways, with an orientation.
                .body("images[1].width", equalTo(480))
                .body("images[1].height", equalTo(640))
                .header("Server-Timing", containsString("decode;dur="))
                .header("Server-Timing", containsString("inference;dur="));
    }

    @Test
    @DisplayName("F4: a detector that finds no face answers with an empty list")
    void detectsNothing() {
        photos("noface-coffee.png", "noface-rocket.jpg")
                .post(DETECTOR)
                .statusCode(200)
                .body("images.faces", equalTo(List.of(List.of(), List.of())));
    }

    @Test
    void findsSmallFacesInAGroup() {
        List<?> faces = photos("group-solvay1927.jpg").post(DETECTOR).extract().path("images[0].faces");

        assertThat(faces).hasSizeBetween(25, 29);
    }

    @ParameterizedTest
    @ValueSource(strings = {EMBEDDING, LIVENESS, QUALITY})
    @DisplayName("F4: a model that needs a face answers 422")
    void needsAFace(String model) {
        photos("obama-1.jpg", "noface-brick.png")
                .post(model)
                .statusCode(422)
                .body("error", equalTo("NO_FACE_DETECTED"))
                .body("reason", notNullValue());
    }

    @Test
    @DisplayName("F2, F3: embeddings tell people apart; the pinned revision gives the same answer")
    void embeds() {
        ValidatableResponse answer = photos("obama-1.jpg", "obama-2.jpg", "biden-1.jpg", "obama-3.jp2")
                .post(EMBEDDING)
                .statusCode(200)
                .body("images.dimension", equalTo(List.of(128, 128, 128, 128)));
        List<String> encoded = answer.extract().path("images.embedding");
        List<float[]> vectors = encoded.stream().map(ModelsResourceTest::vector).toList();

        assertThat(cosine(vectors.get(0), vectors.get(0))).isCloseTo(1, within(1e-5));
        assertThat(cosine(vectors.get(0), vectors.get(1))).isGreaterThan(0.6);
        assertThat(cosine(vectors.get(0), vectors.get(3))).isGreaterThan(0.6);
        assertThat(cosine(vectors.get(0), vectors.get(2))).isLessThan(0.2);

        String revision = answer.extract().path("revision");
        photos("obama-1.jpg")
                .post(EMBEDDING + "?revision=" + revision)
                .statusCode(200)
                .body("revision", equalTo(revision))
                .body("images[0].embedding", equalTo(encoded.getFirst()));
    }

    @Test
    @DisplayName("F3: shape of liveness models; live, print and screen are told apart")
    void judgesLiveness() {
        photos("live-T1.jpg", "spoof-F1.jpg", "spoof-F2.jpg")
                .post(LIVENESS)
                .statusCode(200)
                .body("images.filename", hasSize(3))
                .body("images[0].score", greaterThan(0.9f))
                .body("images[1].score", lessThan(0.45f))
                .body("images[2].score", lessThan(0.1f))
                .body("score", greaterThan(0.3f))
                .body("score", lessThan(0.6f));
    }

    @Test
    @DisplayName("F3: shape of quality models")
    void measuresQuality() {
        photos("obama-1.jpg")
                .post(QUALITY)
                .statusCode(200)
                .body("model", equalTo("face_quality"))
                .body("images[0].filename", equalTo("obama-1.jpg"))
                .body("images[0].score", greaterThan(0.7f))
                .body("images[0].sharpness", greaterThan(0.7f))
                .body("images[0].brightness", greaterThan(0.3f))
                .body("images[0].contrast", greaterThan(0.3f))
                .body("images[0].pose.yaw", lessThan(20f))
                .body("images[0].pose.keySet()", hasItems("yaw", "pitch", "roll"));
    }

    @ParameterizedTest(name = "F1, F2: {0} is refused and the reason names {1}")
    @CsvSource({
        "/v3/models/face_detector_76K?revison=latest, revision",
        "/v3/models/face_detector_76K?revision=0000000, latest",
        "/v3/models/face_detector_76K?threshold=2, number from",
        "/v3/models/face_analysis?checks=all, registration",
        "/v3/models/face_embedding_1M?threshold=0.5, allowed are revision"
    })
    void refusesParameters(String path, String reason) {
        photos("hopper.jpg")
                .post(path)
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"))
                .body("reason", containsString(reason));
    }

    @Test
    @DisplayName("D9, B3: a request without images, or that is not multipart, is 400 BAD_REQUEST")
    void refusesRequestsWithoutImages() {
        new Multipart().post(DETECTOR).statusCode(400).body("error", equalTo("BAD_REQUEST"));
        new Multipart()
                .part("image", "a.jpg", "image/jpeg", photo("hopper.jpg"))
                .post(DETECTOR)
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
        for (String type :
                List.of("image/jpeg", "multipart/form-data", "multipart/mixed; boundary=XXX", "text/plain")) {
            Multipart.raw(DETECTOR, token, type, photo("hopper.jpg"))
                    .statusCode(400)
                    .body("error", equalTo("BAD_REQUEST"));
        }
        Multipart.raw(DETECTOR, token, "multipart/form-data; boundary=XXX", photo("hopper.jpg"))
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    @DisplayName("B3: unusable images are 400, too large ones 413 BAD_CONTENT")
    void refusesImages() {
        byte[] good = photo("hopper.jpg");
        refused(400, "image/jpeg", new byte[0]);
        refused(400, "image/png", good);
        refused(400, "image/jpeg", Arrays.copyOf(good, good.length / 2));
        refused(400, "image/gif", "GIF89a".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        refused(413, "image/jpeg", Arrays.copyOf(good, 10_485_761));
        new Multipart().file("a.jpg", "", good).post(DETECTOR).statusCode(200);
        new Multipart()
                .file("a.jpg", "image/jpeg", Arrays.copyOf(good, 10_485_760))
                .post(DETECTOR)
                .statusCode(200);
    }

    private static void refused(int status, String type, byte[] content) {
        new Multipart()
                .file("good.jpg", "image/jpeg", photo("hopper.jpg"))
                .file("bad.jpg", type, content)
                .post(DETECTOR)
                .statusCode(status)
                .body("error", equalTo("BAD_CONTENT"))
                .body("reason", notNullValue());
    }

    @Test
    @DisplayName("B4: 33 images are 413, a picture of 65 megapixels is 400")
    void boundsRequests() throws IOException {
        Multipart many = new Multipart();
        for (int i = 0; i < 33; i++) {
            many.file(i + ".jpg", "image/jpeg", photo("hopper.jpg"));
        }
        many.post(DETECTOR).statusCode(413).body("error", equalTo("BAD_CONTENT"));
        byte[] large = ImageFiles.write("png", new BufferedImage(8125, 8000, BufferedImage.TYPE_BYTE_BINARY));
        new Multipart()
                .file("large.png", "image/png", large)
                .post(DETECTOR)
                .statusCode(400)
                .body("error", equalTo("BAD_CONTENT"));
    }

    @Test
    @DisplayName("B9: Request-Id comes back, on errors too")
    void echoesRequestId() {
        given().header("Authorization", "Bearer " + token)
                .header("Request-Id", "abc-123")
                .get("/v3/models/nothing")
                .then()
                .statusCode(404)
                .header("Request-Id", "abc-123");
    }

    @Test
    void analysesWithoutChecks() {
        photos("obama-1.jpg", "noface-coffee.png", "group-obama-biden-2faces.jpg")
                .post(ANALYSIS)
                .statusCode(200)
                .body("model", equalTo("face_analysis"))
                .body("images", hasSize(3))
                .body("images.usable", equalTo(List.of(true, false, true)))
                .body("images[0].quality.score", greaterThan(0.5f))
                .body("images[0].liveness", greaterThan(0.5f))
                .body("images[1].faces", empty())
                .body("images[1]", not(hasItem("quality")))
                .body("images[1].liveness", nullValue())
                .body("images[2].faces", hasSize(2))
                .body("liveness", greaterThan(0.5f))
                .body("embedding.model", equalTo("face_embedding_1M"))
                .body("embedding.dimension", equalTo(128))
                .body("embedding.revision", matchesPattern("[0-9a-f]{7}"));
        photos("noface-coffee.png")
                .post(ANALYSIS)
                .statusCode(200)
                .body("embedding", nullValue())
                .body("liveness", nullValue());
    }

    @Test
    @DisplayName("H7: the embedding is the normalised mean of the usable frames")
    void averagesFrames() {
        float[] one = analysed("registration", "obama-1.jpg");
        float[] two = analysed("registration", "obama-2.jpg");
        float[] both = analysed("registration", "obama-1.jpg", "obama-2.jpg", "noface-coffee.png");

        double[] mean = new double[one.length];
        Arrays.setAll(mean, i -> one[i] + two[i]);
        double length = Math.sqrt(Arrays.stream(mean).map(v -> v * v).sum());
        for (int i = 0; i < mean.length; i++) {
            assertThat((double) both[i]).isCloseTo(mean[i] / length, within(1e-4));
        }
    }

    @ParameterizedTest(name = "H8: {0} of {1} is {2}")
    @CsvSource({
        "registration, noface-coffee.png, NO_FACE_DETECTED",
        "verification, noface-coffee.png, NO_FACE_DETECTED",
        "identification, noface-rocket.jpg, NO_FACE_DETECTED",
        "registration, group-obama-biden-2faces.jpg, MULTIPLE_BEST_FACE_CANDIDATES",
        "verification, group-obama-biden-2faces.jpg, MULTIPLE_BEST_FACE_CANDIDATES",
        "enrollment, group-solvay1927.jpg, MULTIPLE_BEST_FACE_CANDIDATES",
        "identification, hopper.jpg, MOVE_IN",
        "identification, biden-1.jpg, MOVE_DOWN",
        "enrollment, spoof-F1.jpg, BAD_LIVENESS",
        "identification, spoof-F2.jpg, BAD_LIVENESS"
    })
    void refusesFaces(String checks, String photo, String code) {
        photos(photo)
                .post(ANALYSIS + "?checks=" + checks)
                .statusCode(422)
                .body("error", equalTo(code))
                .header("Model-Revision", matchesPattern("[0-9a-f]{7}"))
                .header("Embedding-Revision", matchesPattern("[0-9a-f]{7}"))
                .header("Server-Timing", containsString("inference;dur="));
    }

    @ParameterizedTest(name = "H6, D8: {0} of {1} passes")
    @CsvSource({
        "registration, spoof-F2.jpg",
        "verification, spoof-F2.jpg",
        "registration, hopper.jpg",
        "registration, biden-1.jpg",
        "registration, congress-A000022-a.jpg",
        "verification, obama-3.jp2",
        "enrollment, live-T1.jpg",
        "identification, live-T1.jpg",
        "identification, biden-2.jpg"
    })
    void acceptsFaces(String checks, String photo) {
        photos(photo)
                .post(ANALYSIS + "?checks=" + checks)
                .statusCode(200)
                .body("images[0].usable", equalTo(true))
                .body("embedding.vector", notNullValue());
    }

    @Test
    @DisplayName("H7: a good frame among bad ones is enough; without one the last code counts")
    void sequences() {
        photos("noface-coffee.png", "biden-2.jpg", "biden-1.jpg")
                .post(ANALYSIS + "?checks=identification")
                .statusCode(200)
                .body("images.usable", equalTo(List.of(false, true, false)));
        photos("hopper.jpg", "biden-1.jpg", "noface-coffee.png")
                .post(ANALYSIS + "?checks=identification")
                .statusCode(422)
                .body("error", equalTo("NO_FACE_DETECTED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"registration", "enrollment", "identification"})
    @DisplayName("D9, H6: frames of two persons are BAD_CROSSCHECK")
    void crossChecks(String checks) {
        photos("obama-1.jpg", "biden-2.jpg")
                .post(ANALYSIS + "?checks=" + checks)
                .statusCode(422)
                .body("error", equalTo("BAD_CROSSCHECK"));
    }

    @Test
    @DisplayName("D10: registration, enrollment and identification refuse JPEG 2000 before anything else")
    void formatsByPurpose() {
        for (String checks : List.of("registration", "enrollment", "identification")) {
            photos("noface-coffee.png", "obama-3.jp2")
                    .post(ANALYSIS + "?checks=" + checks)
                    .statusCode(400)
                    .body("error", equalTo("BAD_CONTENT"));
        }
    }

    @Test
    @DisplayName("H5: verification takes exactly one image")
    void verifiesOneImage() {
        photos("obama-1.jpg", "obama-2.jpg")
                .post(ANALYSIS + "?checks=verification")
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    @DisplayName("H7, D8: blurred and dark pictures are BAD_QUALITY unless one is good")
    void judgesQuality() throws IOException {
        BufferedImage portrait = ImageIO.read(new ByteArrayInputStream(photo("biden-2.jpg")));
        byte[] blurred = ImageFiles.write("jpeg", Pictures.blurred(portrait, 28));
        byte[] dark = ImageFiles.write("jpeg", Pictures.scaled(portrait, 0.08));
        Multipart bad = new Multipart().file("1.jpg", "image/jpeg", blurred).file("2.jpg", "image/jpeg", dark);
        for (String checks : List.of("registration", "enrollment")) {
            bad.post(ANALYSIS + "?checks=" + checks).statusCode(422).body("error", equalTo("BAD_QUALITY"));
        }
        bad.file("3.jpg", "image/jpeg", photo("biden-2.jpg"))
                .post(ANALYSIS + "?checks=registration")
                .statusCode(200)
                .body("images.usable", equalTo(List.of(false, false, true)));
    }

    @Test
    @DisplayName("H4: each embedding revision publishes its calibration")
    void publishesCalibration() {
        String revision = photos("obama-1.jpg").post(EMBEDDING).extract().path("revision");

        get("/internal/calibrations/" + revision)
                .statusCode(200)
                .body("model", equalTo("face_embedding_1M"))
                .body("revision", equalTo(revision))
                .body("dimension", equalTo(128))
                .body("threshold", greaterThan(0.1f))
                .body("points.size()", greaterThan(5))
                .body("points[0].keySet()", hasItems("cosine", "score", "fmr"));
        get("/internal/calibrations/0000000").statusCode(404).body("error", equalTo("BAD_RESOURCE"));
    }

    @Test
    @DisplayName("B8: an unknown method is 405 with Allow")
    void refusesMethods() {
        given().header("Authorization", "Bearer " + token)
                .delete(DETECTOR)
                .then()
                .statusCode(405)
                .body("error", equalTo("BAD_REQUEST"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/models/nothing", "/v3/models/face_detector_76K?x=y", DETECTOR})
    @DisplayName("A connection answers its next request, whatever is left of the body of the one before")
    void keepsConnectionsUsable(String path) throws IOException {
        String junk = "y".repeat(400_000);
        String head = " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n";
        String body = "--XXX\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nx\r\n--XXX--\r\n" + junk;
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + head + "Content-Type: multipart/form-data; boundary=XXX\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(("GET /v3/models" + head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers)
                    .startsWith("HTTP/1.1 40")
                    .contains("HTTP/1.1 200")
                    .contains("face_analysis");
        }
    }
}
