package io.menso.matching.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import io.menso.commons.web.ApiException;
import io.menso.matching.MatchingTest;
import io.menso.matching.Vectors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FaceResourceTest extends MatchingTest {

    private static final float[] FACE = Vectors.at(1, 1);

    @BeforeEach
    void inferenceFindsAFace() {
        inference.answer(() -> Vectors.encoded(REVISION, FACE));
    }

    private ValidatableResponse put(Object user, byte[]... images) {
        var request = system();
        for (byte[] image : images) {
            request = request.multiPart("file", "face.jpg", image, "image/jpeg");
        }
        return request.put("/v3/users/{user}/face", user).then();
    }

    @Test
    @DisplayName("D7: GET before registration is 404")
    void noFace() {
        system().get("/v3/users/{user}/face", identity.add())
                .then()
                .statusCode(404)
                .body("error", is("BAD_RESOURCE"));
    }

    @Test
    @DisplayName("D7: PUT is 200 always, created stays, updated moves")
    void createdStays() {
        UUID user = identity.add();
        long start = clock.now();
        put(user, new byte[100])
                .statusCode(200)
                .body("created", equalTo((int) start))
                .body("updated", is((int) start));

        clock.set(start + 7);
        put(user, new byte[100])
                .statusCode(200)
                .body("created", equalTo((int) start))
                .body("updated", equalTo((int) start + 7));

        system().get("/v3/users/{user}/face", user)
                .then()
                .statusCode(200)
                .body("created", equalTo((int) start))
                .body("updated", equalTo((int) start + 7));
    }

    @Test
    @DisplayName("D6: DELETE is 204, a second one 404, and the face is found no more")
    void deleteTwice() {
        UUID user = enrolled(FACE);
        search(system(), FACE, Map.of()).body("users.uuid", equalTo(List.of(user.toString())));

        system().delete("/v3/users/{user}/face", user).then().statusCode(204);

        search(system(), FACE, Map.of()).statusCode(200).body("users", is(List.of()));
        system().get("/v3/users/{user}/face", user).then().statusCode(404);
        system().delete("/v3/users/{user}/face", user).then().statusCode(404).body("error", is("BAD_RESOURCE"));
    }

    @Test
    @DisplayName("D7: a face may be registered again after its deletion and is new then")
    void registerAgain() {
        UUID user = enrolled(FACE);
        system().delete("/v3/users/{user}/face", user).then().statusCode(204);
        clock.set(clock.now() + 5);

        put(user, new byte[10]).statusCode(200).body("created", equalTo((int) clock.now()));

        search(system(), FACE, Map.of()).body("users.uuid", equalTo(List.of(user.toString())));
    }

    @Test
    @DisplayName("D8: PUT replaces the earlier face")
    void replace() {
        UUID user = identity.add();
        put(user, new byte[10]).statusCode(200);
        float[] other = Vectors.at(0, 3);
        inference.answer(() -> Vectors.encoded(REVISION, other));

        put(user, new byte[10], new byte[20]).statusCode(200);

        search(system(), FACE, Map.of()).body("users", is(List.of()));
        search(system(), other, Map.of()).body("users.uuid", equalTo(List.of(user.toString())));
    }

    @Test
    @DisplayName("D8, D9, D10: what inference-service refuses is passed on unchanged")
    void refusals() {
        UUID user = identity.add();
        for (var refusal : List.of(
                new ApiException(422, "BAD_CROSSCHECK", "Not the same person"),
                new ApiException(422, "BAD_QUALITY", "Too dark"),
                new ApiException(400, "BAD_CONTENT", "JPEG 2000 is not taken here"),
                new ApiException(400, "BAD_REQUEST", "No part is named file"),
                new ApiException(413, "BAD_CONTENT", "Too large"))) {
            inference.answer(() -> {
                throw refusal;
            });
            put(user, new byte[10])
                    .statusCode(refusal.status())
                    .body("error", is(refusal.error()))
                    .body("reason", is(refusal.getMessage()));
        }
        system().get("/v3/users/{user}/face", user).then().statusCode(404);
    }

    @Test
    @DisplayName("B1: an unknown user is 404, before any image is read")
    void unknownUser() {
        put(UUID.randomUUID(), new byte[2_000_000]).statusCode(404).body("error", is("BAD_RESOURCE"));
    }

    @Test
    @DisplayName("B2: a malformed UUID in the path is 404")
    void malformedId() {
        for (String id : List.of("abc", "1-1-1-1-1", "0190ed33-2084-7d2e-bf87-7d5cc593334g")) {
            system().get("/v3/users/{user}/face", id).then().statusCode(404).body("error", is("BAD_RESOURCE"));
            system().delete("/v3/users/{user}/face", id).then().statusCode(404).body("error", is("BAD_RESOURCE"));
            put(id, new byte[10]).statusCode(404).body("error", is("BAD_RESOURCE"));
        }
    }

    @Test
    @DisplayName("B3: a wrong or missing Content-Type is 400 BAD_REQUEST")
    void contentType() {
        UUID user = identity.add();
        for (String type : List.of("application/json", "image/jpeg", "multipart/form-data")) {
            system().contentType(type)
                    .body("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .put("/v3/users/{user}/face", user)
                    .then()
                    .statusCode(400)
                    .body("error", is("BAD_REQUEST"));
        }
        system().put("/v3/users/{user}/face", user).then().statusCode(400).body("error", is("BAD_REQUEST"));
    }

    @Test
    @DisplayName("B3: one image above 10485760 bytes is 413, one of exactly that size passes")
    void imageSize() {
        UUID user = identity.add();
        put(user, new byte[10_485_761]).statusCode(413).body("error", is("BAD_CONTENT"));
        put(user, new byte[10_485_760], new byte[10_485_760]).statusCode(200);
        assertThat(inference.received()).isGreaterThan(2 * 10_485_760L);
    }

    @Test
    @DisplayName("B13: with identity or inference away it is 503 with Retry-After and nothing changes")
    void othersAway() {
        UUID user = identity.add();
        identity.reachable(false);
        put(user, new byte[10]).statusCode(503).header("Retry-After", notNullValue());
        identity.reachable(true);
        inference.reachable(false);
        put(user, new byte[10]).statusCode(503).header("Retry-After", notNullValue());
        system().get("/v3/users/{user}/face", user).then().statusCode(404);
    }

    @Test
    @DisplayName("A8: a device has no access to users' faces")
    void device() {
        UUID user = enrolled(FACE);
        device("hall").get("/v3/users/{user}/face", user).then().statusCode(401).body("error", is("BAD_AUTH"));
        device("hall").delete("/v3/users/{user}/face", user).then().statusCode(401);
        device("hall").delete("/internal/users/{user}/face", user).then().statusCode(401);
        system().get("/v3/users/{user}/face", user).then().statusCode(200);
    }

    @Test
    @DisplayName("A7, B1: another environment's and another customer's faces do not exist")
    void isolation() {
        UUID user = enrolled(FACE);
        system("staging").get("/v3/users/{user}/face", user).then().statusCode(404);
        system("staging").delete("/v3/users/{user}/face", user).then().statusCode(404);
        search(system("staging"), FACE, Map.of()).statusCode(200).body("users", is(List.of()));
        verify(system("staging"), user, FACE).statusCode(404);
        system().get("/v3/users/{user}/face", user).then().statusCode(200);
    }
}
