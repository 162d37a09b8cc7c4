package io.menso.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.menso.inference.model.ModelRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The pictures of nobody that the demo enrolls and identifies.
@QuarkusTest
@WithTestResource(SharedModels.class)
class DemoPicturesResourceTest {

    private static final int PERSONS = 6;
    private static final int VARIANTS = 3;

    @Inject
    ModelRegistry registry;

    @BeforeEach
    void awaitModels() {
        Assumptions.assumeTrue(SharedModels.available(), "skipped: weights are read from the folder menso.shared");
        await().atMost(Duration.ofSeconds(90)).until(registry::isReady);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void picturesOfAPersonPassEveryCheckOfAnEnrollment(int person) throws IOException {
        JsonPath analysis = enroll(person);

        assertThat(analysis.getList("images.usable", Boolean.class))
                .hasSize(VARIANTS)
                .containsOnly(true);
        assertThat(analysis.getDouble("liveness")).isGreaterThan(0.6);
        assertThat(analysis.getList("images.quality.score", Float.class))
                .allSatisfy(score -> assertThat(score).isGreaterThan(0.4f));
        assertThat(analysis.getList("images.faces[0].score", Float.class))
                .allSatisfy(score -> assertThat(score).isGreaterThan(0.9f));
    }

    @Test
    void differentPersonsAreFarApart() throws IOException {
        List<float[]> vectors = new ArrayList<>();
        for (int person = 1; person <= PERSONS; person++) {
            vectors.add(vector(enroll(person).getString("embedding.vector")));
        }
        for (int i = 0; i < PERSONS; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(cosine(vectors.get(i), vectors.get(j)))
                        .as("persons %d and %d", i + 1, j + 1)
                        .isLessThan(0.36);
            }
        }
    }

    private static JsonPath enroll(int person) throws IOException {
        Multipart body = new Multipart();
        for (int variant = 1; variant <= VARIANTS; variant++) {
            String name = "person" + person + "_" + variant + ".jpg";
            body.file(name, "image/jpeg", picture(name));
        }
        return body.post("/v3/models/face_analysis?checks=enrollment")
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static byte[] picture(String name) throws IOException {
        try (InputStream in = DemoPicturesResourceTest.class.getResourceAsStream("/demo/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
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
}
