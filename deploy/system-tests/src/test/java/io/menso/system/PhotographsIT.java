package io.menso.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.menso.local.api.Multipart;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real photographs, which never lie in the repository.
class PhotographsIT {

    private Client backend = Client.backend();

    @BeforeEach
    void useACustomerOfItsOwn() {
        Faces.assumeModels();
        backend = Client.production(RunningSuite.get().newCustomer("photographs-" + UUID.randomUUID()));
    }

    @Test
    @DisplayName("H4: the same person is above the threshold, another person far below")
    void sameAndDifferent() {
        String user = registered("obama-1.jpg");

        float same = score(user, "obama-2.jpg");
        float different = score(user, "biden-1.jpg");

        assertThat(same).isGreaterThan(0.5f);
        assertThat(different).isLessThan(0.5f);
    }

    @Test
    @DisplayName("D10: verify takes JPEG 2000")
    void jpeg2000() {
        assertThat(score(registered("obama-1.jpg"), "obama-3.jp2")).isGreaterThan(0.5f);
    }

    @Test
    @DisplayName("H10: a group is MULTIPLE_BEST_FACE_CANDIDATES")
    void group() {
        String user = backend.newUser("Group");

        backend.images(List.of(Faces.photo("group-obama-biden-2faces.jpg")))
                .put("/v3/users/" + user + "/face")
                .then()
                .statusCode(422)
                .body("error", equalTo("MULTIPLE_BEST_FACE_CANDIDATES"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"noface-rocket.jpg", "noface-coffee.png", "noface-chelsea-cat.png", "noface-brick.png"})
    @DisplayName("B5: a picture without a face is NO_FACE_DETECTED")
    void noFace(String name) {
        backend.identify(Faces.photo(name)).then().statusCode(422).body("error", equalTo("NO_FACE_DETECTED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spoof-F1.jpg", "spoof-F2.jpg"})
    @DisplayName("H6: a recaptured face does not enrol")
    void spoof(String name) {
        String user = backend.newUser("Spoof");

        backend.enrol(user, Faces.photo(name)).then().statusCode(422);
        backend.request().get("/v3/users/" + user + "/face").then().statusCode(404);
    }

    @Test
    @DisplayName("H6: liveness tells a live face from recaptured ones")
    void liveness() {
        List<String> models = backend.request().get("/v3/models").path("models");
        String model = models.stream()
                .filter(name -> name.startsWith("face_liveness_"))
                .findFirst()
                .orElseThrow();

        assertThat(liveness(model, "live-T1.jpg")).isGreaterThan(0.8f);
        assertThat(liveness(model, "spoof-F1.jpg")).isLessThan(0.5f);
        assertThat(liveness(model, "spoof-F2.jpg")).isLessThan(0.5f);
    }

    private float liveness(String model, String photo) {
        Number score = backend.images(List.of(Faces.photo(photo)))
                .post("/v3/models/" + model)
                .path("score");
        return score.floatValue();
    }

    private String registered(String photo) {
        Multipart.Image image = Faces.photo(photo);
        String user = backend.newUser(photo);
        backend.images(List.of(image)).put("/v3/users/" + user + "/face").then().statusCode(200);
        return user;
    }

    private float score(String user, String photo) {
        Number score = backend.verify(user, Faces.photo(photo)).path("score");
        return score.floatValue();
    }
}
