package io.menso.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.menso.local.api.Multipart;
import io.restassured.response.Response;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecognitionIT {

    private final String gallery = "gallery-" + UUID.randomUUID();
    private final List<Multipart.Image> anna = Faces.person(0);
    private final List<Multipart.Image> berta = Faces.person(1);
    private Client backend = Client.backend();

    @BeforeEach
    void useACustomerOfItsOwn() {
        Faces.assumeModels();
        backend = Client.production(RunningSuite.get().newCustomer("recognition-" + UUID.randomUUID()));
    }

    @Test
    @DisplayName("H4, B6: another picture of the same person is found above the threshold, another person is not")
    void identify() {
        String user = enrolled("Anna", anna);

        Response found = backend.identify(anna.get(1));

        found.then().statusCode(200).body("users[0].uuid", equalTo(user));
        assertThat(found.<Float>path("users[0].score")).isBetween(0.5f, 1f);
        backend.identify(berta.getFirst()).then().statusCode(200).body("users", equalTo(List.of()));
    }

    @Test
    @DisplayName("H5: verify answers 200 with a score, high for the person and low for another; without a face 404")
    void verify() {
        String user = enrolled("Anna", anna);
        String faceless = backend.newUser("Faceless");

        Response same = backend.verify(user, anna.getLast());
        Response different = backend.verify(user, berta.getFirst());

        same.then().statusCode(200);
        different.then().statusCode(200);
        assertThat(same.<Float>path("score")).isGreaterThan(0.5f);
        assertThat(different.<Float>path("score")).isLessThan(0.5f);
        backend.verify(faceless, anna.getFirst()).then().statusCode(404);
        backend.images(anna).post("/v3/pipelines/verify?user_id=" + user).then().statusCode(400);
    }

    @Test
    @DisplayName("H1: a device finds only users with a token valid now in its gallery")
    void deviceGallery() {
        String inside = enrolled("Anna", anna);
        String outside = enrolled("Berta", berta);
        String device = backend.newDevice(gallery);
        Client tablet = backend.deviceKey(device);
        assertThat(tablet.identified(anna.get(1))).isEmpty();

        String token = backend.newToken(inside, gallery, -10, 600);
        backend.newToken(outside, gallery + "-other", -10, 600);
        backend.newToken(outside, gallery, 300, 600);
        backend.newToken(outside, gallery, -600, -300);

        assertThat(tablet.identified(anna.get(1))).containsExactly(inside);
        assertThat(tablet.identified(berta.get(1))).isEmpty();
        assertThat(backend.identified(berta.get(1))).containsExactly(outside);
        backend.request()
                .delete("/v3/users/" + inside + "/tokens/" + token)
                .then()
                .statusCode(204);
        assertThat(tablet.identified(anna.get(1))).isEmpty();
    }

    @Test
    @DisplayName("D12: a device's new gallery holds from the next request on")
    void movedDevice() {
        String user = enrolled("Anna", anna);
        backend.newToken(user, gallery, -10, 600);
        String device = backend.newDevice(gallery);
        Client tablet = backend.deviceKey(device);
        assertThat(tablet.identified(anna.get(1))).containsExactly(user);

        backend.json(java.util.Map.of("metadata", java.util.Map.of("gallery", "elsewhere")))
                .patch("/v3/devices/" + device)
                .then()
                .statusCode(200);

        assertThat(tablet.identified(anna.get(1))).isEmpty();
    }

    @Test
    @DisplayName("H2: with a device key verify needs a token valid now, and enroll_face one that has not expired")
    void deviceNeedsToken() {
        String user = enrolled("Anna", anna);
        Client tablet = backend.deviceKey(backend.newDevice(gallery));
        tablet.verify(user, anna.get(1)).then().statusCode(404).body("error", equalTo("BAD_RESOURCE"));
        tablet.enrol(user, anna.get(1)).then().statusCode(404);

        backend.newToken(user, gallery, 300, 600);
        tablet.verify(user, anna.get(1)).then().statusCode(404);
        tablet.enrol(user, anna.get(1)).then().statusCode(200);

        backend.newToken(user, gallery, -10, 600);
        tablet.verify(user, anna.get(1)).then().statusCode(200);
    }

    @Test
    @DisplayName("D6: a deleted user is never found again after the 204")
    void deletedUser() {
        String user = enrolled("Anna", anna);
        assertThat(backend.identified(anna.get(1))).containsExactly(user);

        backend.request().delete("/v3/users/" + user).then().statusCode(204);

        assertThat(backend.identified(anna.get(1))).isEmpty();
        backend.verify(user, anna.get(1)).then().statusCode(404);
        backend.request().get("/v3/users/" + user + "/face").then().statusCode(404);
    }

    @Test
    @DisplayName("D6: a deleted face is never found again after the 204")
    void deletedFace() {
        String user = enrolled("Anna", anna);

        backend.request().delete("/v3/users/" + user + "/face").then().statusCode(204);

        assertThat(backend.identified(anna.get(1))).isEmpty();
        backend.request().get("/v3/users/" + user).then().statusCode(200);
    }

    @Test
    @DisplayName("D7, D8: PUT face registers, replaces and keeps created")
    void putFace() {
        String user = backend.newUser("Anna");
        Response first = backend.images(anna.subList(0, 1)).put("/v3/users/" + user + "/face");
        first.then().statusCode(200);

        Response second = backend.images(berta.subList(0, 1)).put("/v3/users/" + user + "/face");

        second.then().statusCode(200).body("created", equalTo(first.path("created")));
        assertThat(backend.identified(anna.get(1))).isEmpty();
        assertThat(backend.identified(berta.get(1))).containsExactly(user);
        backend.request().get("/v3/users/" + user + "/face").then().statusCode(200);
    }

    @Test
    @DisplayName("D9, H6: frames of different persons are BAD_CROSSCHECK")
    void crossCheck() {
        String user = backend.newUser("Anna and Berta");

        for (Response response : List.of(
                backend.enrol(user, anna.getFirst(), berta.getFirst()),
                backend.identify(anna.getFirst(), berta.getFirst()),
                backend.images(List.of(anna.getFirst(), berta.getFirst())).put("/v3/users/" + user + "/face"))) {
            response.then().statusCode(422).body("error", equalTo("BAD_CROSSCHECK"));
        }
    }

    @Test
    @DisplayName("H3: limit and threshold are checked and obeyed")
    void limits() {
        enrolled("Anna", anna);
        enrolled("Anna's twin", anna);

        backend.images(anna.subList(1, 2))
                .post("/v3/pipelines/identify?limit=1")
                .then()
                .statusCode(200)
                .body("users.size()", equalTo(1));
        backend.images(anna.subList(1, 2))
                .post("/v3/pipelines/identify?limit=0")
                .then()
                .statusCode(400);
        backend.images(anna.subList(1, 2))
                .post("/v3/pipelines/identify?threshold=1")
                .then()
                .statusCode(200)
                .body("users", equalTo(List.of()));
    }

    private String enrolled(String name, List<Multipart.Image> pictures) {
        String user = backend.newUser(name);
        backend.enrol(user, pictures.getFirst()).then().statusCode(200);
        return user;
    }
}
