package io.menso.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.menso.inference.model.ModelRegistry;
import io.menso.testing.InternalTokens;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pictures of nobody that the demo enrolls and identifies, judged by the models in use.
abstract class DemoPictures {

    private static final int PERSONS = 6;
    private static final int VARIANTS = 3;

    @Inject
    ModelRegistry registry;

    @BeforeEach
    void awaitModels() {
        assumeModels();
        await().atMost(Duration.ofSeconds(90)).until(registry::isReady);
    }

    /// Skips the test where there are no models to judge with.
    abstract void assumeModels();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void picturesOfAPersonPassEveryCheckOfAnEnrollment(int person) throws IOException {
        JsonPath analysis = enroll(person, 1, VARIANTS);

        assertThat(analysis.getList("images.usable", Boolean.class))
                .hasSize(VARIANTS)
                .containsOnly(true);
        assertThat(analysis.getList("images.faces[0].score", Float.class))
                .allSatisfy(score -> assertThat(score).isGreaterThan(0.8f));
    }

    @Test
    void onePersonIsAboveTheThresholdAndDifferentOnesAreBelow() throws IOException {
        double threshold = thresholdCosine(enroll(1, 1, 1).getString("embedding.revision"));
        List<float[]> vectors = new ArrayList<>();
        for (int person = 1; person <= PERSONS; person++) {
            vectors.add(vector(enroll(person, 1, 1)));
            assertThat(cosine(vectors.getLast(), vector(enroll(person, VARIANTS, VARIANTS))))
                    .as("two pictures of person %d", person)
                    .isGreaterThan(threshold);
        }
        for (int i = 0; i < PERSONS; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(cosine(vectors.get(i), vectors.get(j)))
                        .as("persons %d and %d", i + 1, j + 1)
                        .isLessThan(threshold);
            }
        }
    }

    /// The first cosine of the published table whose score reaches the default threshold.
    private static double thresholdCosine(String revision) {
        JsonPath table = RestAssured.given()
                .header("Authorization", "Bearer " + InternalTokens.system("acme", "production"))
                .get("/internal/calibrations/" + revision)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        float threshold = table.getFloat("threshold");
        return table.<Float>getList("points.findAll { it.score >= %s }.cosine".formatted(threshold))
                .getFirst();
    }

    /// Analyses some variants of a person as an enrolment does.
    static JsonPath enroll(int person, int first, int last) throws IOException {
        Multipart body = new Multipart();
        for (int variant = first; variant <= last; variant++) {
            String name = "person" + person + "_" + variant + ".jpg";
            body.file(name, "image/jpeg", picture(name));
        }
        return body.post("/v3/models/face_analysis?checks=enrollment")
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static byte[] picture(String name) throws IOException {
        try (InputStream in = DemoPictures.class.getResourceAsStream("/demo/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    static float[] vector(JsonPath analysis) {
        FloatBuffer numbers = ByteBuffer.wrap(Base64.getDecoder().decode(analysis.getString("embedding.vector")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] vector = new float[numbers.remaining()];
        numbers.get(vector);
        return vector;
    }

    static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
