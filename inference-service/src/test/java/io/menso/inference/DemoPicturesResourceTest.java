package io.menso.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The demo's pictures and the pulled models.
@QuarkusTest
@WithTestResource(SharedModels.class)
class DemoPicturesResourceTest extends DemoPictures {

    @Override
    void assumeModels() {
        Assumptions.assumeTrue(SharedModels.available(), "skipped: weights are read from the folder menso.shared");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void picturesAreFarFromEveryLimit(int person) throws IOException {
        JsonPath analysis = enroll(person, 1, 3);

        assertThat(analysis.getDouble("liveness")).isGreaterThan(0.6);
        assertThat(analysis.getList("images.quality.score", Float.class))
                .allSatisfy(score -> assertThat(score).isGreaterThan(0.4f));
        assertThat(analysis.getList("images.faces[0].score", Float.class))
                .allSatisfy(score -> assertThat(score).isGreaterThan(0.9f));
    }
}
