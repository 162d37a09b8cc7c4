package io.menso.inference;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.menso.inference.image.ImageFiles;
import io.menso.inference.model.ModelRegistry;
import io.menso.testing.InternalTokens;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The pulled models for age, gender, emotion, pose and 68 points over HTTP, with real weights.
@QuarkusTest
@WithTestResource(SharedModels.class)
class AttributesResourceTest {

    private static final String ALL = "/v3/models/face_attributes";
    private static final String AGE_GENDER = "/v3/models/face_attributes_age_gender_422K";
    private static final String EMOTION = "/v3/models/face_attributes_emotion_324K";
    private static final String POSE = "/v3/models/head_pose_475K";
    private static final String LANDMARKS = "/v3/models/face_landmarks_357K";
    private static final String ANALYSIS = "/v3/models/face_analysis";

    @Inject
    ModelRegistry registry;

    private final String token = InternalTokens.system("acme", "production");

    @BeforeEach
    void awaitModels() {
        Assumptions.assumeTrue(
                SharedModels.available(), "skipped: weights and photographs are read from the folder menso.shared");
        await().atMost(Duration.ofSeconds(90)).until(registry::isReady);
    }

    @Test
    @DisplayName("C1, F1: attribute models are listed and described")
    void listsAndDescribes() {
        given().header("Authorization", "Bearer " + token)
                .get("/v3/models")
                .then()
                .body(
                        "models",
                        hasItems(
                                "face_attributes",
                                "face_attributes_age_gender_422K",
                                "face_attributes_emotion_324K",
                                "face_landmarks_357K",
                                "head_pose_475K"));
        given().header("Authorization", "Bearer " + token)
                .get(ANALYSIS)
                .then()
                .body("parameters.find { it.name == 'attributes' }.enum", equalTo(List.of("no", "yes")))
                .body("parameters.find { it.name == 'attributes' }.default", equalTo("no"));
    }

    @Test
    @DisplayName("F3: shape of attribute models; each says what it tells and nothing else")
    void tellsItsAttributes() {
        photos("obama-1.jpg", "astronaut.png")
                .post(AGE_GENDER)
                .statusCode(200)
                .body("model", equalTo("face_attributes_age_gender_422K"))
                .body("revision", notNullValue())
                .body("images.filename", equalTo(List.of("obama-1.jpg", "astronaut.png")))
                .body("images[0].keySet()", hasItems("filename", "age", "gender"))
                .body("images[0].keySet()", hasSize(3));
        photos("obama-1.jpg").post(EMOTION).body("images[0].emotion.probabilities.size()", equalTo(7));
        photos("obama-1.jpg").post(POSE).body("images[0].pose.keySet()", hasItems("yaw", "pitch", "roll"));
        photos("obama-1.jpg")
                .post(ALL)
                .body("model", equalTo("face_attributes"))
                .body("images[0].keySet()", hasItems("filename", "age", "gender", "emotion", "pose"));
    }

    @ParameterizedTest
    @ValueSource(strings = {ALL, AGE_GENDER, EMOTION, POSE, LANDMARKS})
    @DisplayName("F4: a model that needs a face answers 422")
    void needsAFace(String model) {
        photos("obama-1.jpg", "noface-brick.png")
                .post(model)
                .statusCode(422)
                .body("error", equalTo("NO_FACE_DETECTED"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    @DisplayName("The whole chain agrees with PyTorch, which read the same files by itself")
    void agreesWithPyTorch(int person) throws IOException {
        String name = "person" + person + "_1.jpg";
        JsonNode expected =
                new JsonMapper().readTree(resource("/attributes.json")).path(name);
        byte[] picture = resource("/demo/" + name);

        JsonPath all = new Multipart()
                .file(name, "image/jpeg", picture)
                .post(ALL)
                .extract()
                .jsonPath();
        JsonPath points = new Multipart()
                .file(name, "image/jpeg", picture)
                .post(LANDMARKS)
                .extract()
                .jsonPath();

        assertThat(all.getDouble("images[0].age"))
                .isCloseTo(expected.at("/age/0").doubleValue(), within(1.0));
        double male = all.getDouble("images[0].gender.probability");
        assertThat(all.getString("images[0].gender.value").equals("male") ? male : 1 - male)
                .isCloseTo(expected.at("/male/0").doubleValue(), within(0.05));
        List<String> emotions = List.of("neutral", "happy", "sad", "angry", "fearful", "disgusted", "surprised");
        for (int i = 0; i < emotions.size(); i++) {
            assertThat(all.getDouble("images[0].emotion.probabilities." + emotions.get(i)))
                    .as(emotions.get(i))
                    .isCloseTo(expected.path("emotion").get(i).doubleValue(), within(0.02));
        }
        assertPose(all, expected.path("pose"));
        assertPoints(points.getList("images[0].landmarks"), expected.path("landmarks"));
    }

    private static void assertPose(JsonPath all, JsonNode expected) {
        List<String> angles = List.of("yaw", "pitch", "roll");
        for (int i = 0; i < angles.size(); i++) {
            assertThat(all.getDouble("images[0].pose." + angles.get(i)))
                    .as(angles.get(i))
                    .isCloseTo(expected.get(i).doubleValue(), within(0.5));
        }
    }

    private static void assertPoints(List<List<Float>> points, JsonNode expected) {
        assertThat(points).hasSize(68);
        for (int i = 0; i < points.size(); i++) {
            assertThat((double) points.get(i).get(0))
                    .as("x of point %d", i)
                    .isCloseTo(expected.get(2 * i).doubleValue(), within(1.0));
            assertThat((double) points.get(i).get(1))
                    .as("y of point %d", i)
                    .isCloseTo(expected.get(2 * i + 1).doubleValue(), within(1.0));
        }
    }

    @ParameterizedTest(name = "{0}: {1}, {2} to {3} years")
    @CsvSource({
        "obama-1.jpg, male, 40, 62",
        "obama-2.jpg, male, 38, 62",
        "biden-2.jpg, male, 50, 80",
        "congress-M001174-a.jpg, male, 38, 65",
        "congress-T000326-a.jpg, male, 50, 80",
        "congress-M000309-a.jpg, female, 50, 80",
        "congress-S001181-a.jpg, female, 50, 80",
        "astronaut.png, female, 22, 45",
        "live-T1.jpg, female, 8, 30"
    })
    void agesArePlausibleAndGendersRight(String photo, String gender, double youngest, double oldest) {
        JsonPath answer = photos(photo).post(ALL).extract().jsonPath();

        assertThat(answer.getString("images[0].gender.value")).isEqualTo(gender);
        assertThat(answer.getDouble("images[0].age")).isBetween(youngest, oldest);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "obama-1.jpg, happy",
        "biden-2.jpg, happy",
        "astronaut.png, happy",
        "congress-A000022-a.jpg, happy",
        "congress-J000295-a.jpg, happy",
        "biden-1.jpg, neutral",
        "congress-P000149-a.jpg, neutral",
        "live-T1.jpg, neutral"
    })
    void smilesAreHappy(String photo, String emotion) {
        photos(photo).post(ALL).statusCode(200).body("images[0].emotion.value", equalTo(emotion));
    }

    @Test
    @DisplayName("The pose has the signs of the one from five points")
    void poseHasTheRightSigns() {
        List<Float> yaw = poses(POSE, "yaw");
        List<Float> fromPoints = poses("/v3/models/face_quality", "yaw");

        for (int i = 0; i < yaw.size(); i++) {
            if (Math.abs(fromPoints.get(i)) > 8) {
                assertThat(Math.signum(yaw.get(i)))
                        .as("yaw of picture %d", i)
                        .isEqualTo(Math.signum(fromPoints.get(i)));
            }
        }
    }

    @Test
    @DisplayName("The roll is that of the picture, positive when the head leans clockwise")
    void rollFollowsThePicture() throws IOException {
        BufferedImage portrait = ImageIO.read(new ByteArrayInputStream(photo("obama-1.jpg")));
        List<Float> rolls = new Multipart()
                .file("left.jpg", "image/jpeg", ImageFiles.write("jpeg", Pictures.turned(portrait, -15)))
                .file("straight.jpg", "image/jpeg", ImageFiles.write("jpeg", portrait))
                .file("right.jpg", "image/jpeg", ImageFiles.write("jpeg", Pictures.turned(portrait, 15)))
                .post(POSE)
                .statusCode(200)
                .extract()
                .path("images.pose.roll");

        assertThat(rolls.get(0) - rolls.get(1)).isBetween(-25f, -8f);
        assertThat(rolls.get(2) - rolls.get(1)).isBetween(8f, 25f);
    }

    private static List<Float> poses(String model, String angle) {
        return photos("biden-1.jpg", "biden-2.jpg", "obama-1.jpg", "obama-2.jpg", "obama-3.jpg", "hopper.jpg")
                .post(model)
                .statusCode(200)
                .extract()
                .path("images.pose." + angle);
    }

    @Test
    @DisplayName("The 68 points lie on eyes, nose and mouth where the detector's five points are")
    void landmarksAgreeWithTheFivePoints() {
        JsonPath five = photos("obama-1.jpg")
                .post("/v3/models/face_detector_76K")
                .extract()
                .jsonPath();
        JsonPath all = photos("obama-1.jpg").post(LANDMARKS).extract().jsonPath();
        double eyes = Math.hypot(
                five.getDouble("images[0].faces[0].landmarks[1][0]")
                        - five.getDouble("images[0].faces[0].landmarks[0][0]"),
                five.getDouble("images[0].faces[0].landmarks[1][1]")
                        - five.getDouble("images[0].faces[0].landmarks[0][1]"));

        // Tip of the nose and the corners of the mouth.
        for (int[] pair : new int[][] {{2, 30}, {3, 48}, {4, 54}}) {
            for (int axis = 0; axis < 2; axis++) {
                assertThat(all.getDouble("images[0].landmarks[" + pair[1] + "][" + axis + "]"))
                        .isCloseTo(
                                five.getDouble("images[0].faces[0].landmarks[" + pair[0] + "][" + axis + "]"),
                                within(0.15 * eyes));
            }
        }
    }

    @Test
    @DisplayName("face_analysis estimates attributes only when asked")
    void analysisEstimatesOnlyWhenAsked() {
        photos("obama-1.jpg").post(ANALYSIS).statusCode(200).body("images[0].attributes", nullValue());
        photos("obama-1.jpg")
                .post(ANALYSIS + "?attributes=yes")
                .statusCode(200)
                .body("images[0].attributes.keySet()", hasItems("age", "gender", "emotion", "pose"))
                .body("embedding.vector", notNullValue());
        photos("noface-brick.png")
                .post(ANALYSIS + "?attributes=yes")
                .statusCode(200)
                .body("images[0].attributes", nullValue());
        photos("obama-1.jpg")
                .post(ANALYSIS + "?attributes=all")
                .statusCode(400)
                .body("reason", containsString("no, yes"));
    }

    private static Multipart photos(String... names) {
        Multipart body = new Multipart();
        for (String name : names) {
            String type = name.endsWith("png") ? "image/png" : "image/jpeg";
            body.file(name, type, photo(name));
        }
        return body;
    }

    private static byte[] photo(String name) {
        try {
            return Files.readAllBytes(SharedModels.shared().resolve("photos").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = AttributesResourceTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
