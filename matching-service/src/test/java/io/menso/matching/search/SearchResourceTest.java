package io.menso.matching.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.menso.matching.MatchingTest;
import io.menso.matching.Vectors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SearchResourceTest extends MatchingTest {

    /// The query; a face at cosine c to it is `Vectors.at(c, axis)`.
    private static final float[] QUERY = Vectors.at(1, 1);

    private List<String> found(ValidatableResponse response) {
        return response.statusCode(200).extract().path("users.uuid");
    }

    private ValidatableResponse access(String as, Map<String, ?> parameters) {
        return (as.isEmpty() ? system() : device(as))
                .queryParams(parameters)
                .get("/v3/faces/access")
                .then();
    }

    @Test
    @DisplayName("H1: a device finds the users with a token valid now in its own gallery, and nobody else")
    void deviceGallery() {
        UUID here = enrolled(Vectors.at(0.9, 1));
        UUID elsewhere = enrolled(Vectors.at(0.95, 2));
        enrolled(Vectors.at(0.97, 3));
        token(here, "hall", clock.now() - 10, clock.now() + 10);
        token(elsewhere, "door", clock.now() - 10, clock.now() + 10);

        assertThat(found(search(device("hall"), QUERY, Map.of()))).containsExactly(here.toString());
        assertThat(found(search(device("Hall"), QUERY, Map.of()))).isEmpty();
    }

    @Test
    @DisplayName("H1: a gallery parameter of a device is ignored")
    void deviceParameter() {
        UUID here = enrolled(Vectors.at(0.9, 1));
        UUID elsewhere = enrolled(Vectors.at(0.95, 2));
        token(here, "hall", clock.now(), clock.now());
        token(elsewhere, "door", clock.now(), clock.now());

        assertThat(found(search(device("hall"), QUERY, Map.of("gallery", "door"))))
                .containsExactly(here.toString());
        assertThat(found(search(device("hall"), QUERY, Map.of("gallery", "")))).containsExactly(here.toString());
    }

    @ParameterizedTest(name = "token from {0} through {1} relative to now: found {2}")
    @CsvSource({"0,0,true", "-1,0,true", "0,1,true", "1,2,false", "-2,-1,false", "-5,5,true"})
    @DisplayName("H1, D1: a token is valid in both of its seconds and between them")
    void validityEdges(long from, long through, boolean valid) {
        UUID user = enrolled(Vectors.at(0.9, 1));
        token(user, "hall", clock.now() + from, clock.now() + through);

        assertThat(found(search(device("hall"), QUERY, Map.of())))
                .isEqualTo(valid ? List.of(user.toString()) : List.of());
    }

    @Test
    @DisplayName("H1: several tokens of a user count once; any valid one is enough")
    void overlappingTokens() {
        UUID user = enrolled(Vectors.at(0.9, 1));
        token(user, "hall", clock.now() - 100, clock.now() - 50);
        token(user, "hall", clock.now() - 10, clock.now() + 10);
        token(user, "hall", clock.now() - 5, clock.now() + 20);

        assertThat(found(search(device("hall"), QUERY, Map.of()))).containsExactly(user.toString());
    }

    @Test
    @DisplayName("H1: a back-end finds its whole tenant, or a gallery on request")
    void systemSearch() {
        UUID member = enrolled(Vectors.at(0.9, 1));
        UUID other = enrolled(Vectors.at(0.95, 2));
        token(member, "hall", clock.now(), clock.now());

        assertThat(found(search(system(), QUERY, Map.of()))).containsExactly(other.toString(), member.toString());
        assertThat(found(search(system(), QUERY, Map.of("gallery", "hall")))).containsExactly(member.toString());
        assertThat(found(search(system(), QUERY, Map.of("gallery", "attic")))).isEmpty();
    }

    @Test
    @DisplayName("A7: what belongs to another environment or customer is never found")
    void isolation() {
        UUID user = enrolled(Vectors.at(0.9, 1));
        token(user, "hall", clock.now(), clock.now());

        assertThat(found(search(system("staging"), QUERY, Map.of()))).isEmpty();
        assertThat(found(search(system("staging"), QUERY, Map.of("gallery", "hall"))))
                .isEmpty();
        SearchResourceTest other = new SearchResourceTest();
        assertThat(found(search(other.system(), QUERY, Map.of()))).isEmpty();
        assertThat(found(search(other.device("hall"), QUERY, Map.of()))).isEmpty();
    }

    @Test
    @DisplayName("H3, H4: at most 5 users by default, calibrated score descending")
    void limitAndOrder() {
        List<String> users = new ArrayList<>();
        for (int i = 1; i <= 7; i++) {
            users.add(enrolled(Vectors.at(0.5 + i * 0.05, i)).toString());
        }
        List<String> best = users.reversed();

        search(system(), QUERY, Map.of())
                .statusCode(200)
                .body("users.uuid", is(best.subList(0, 5)))
                .body("users.score", is(List.of(0.925f, 0.9f, 0.85f, 0.8f, 0.75f)))
                .header("Server-Timing", matchesPattern("search;dur=[0-9]+\\.[0-9]{3}"));
        search(system(), QUERY, Map.of("limit", 7)).body("users.uuid", is(best));
        search(system(), QUERY, Map.of("limit", "2")).body("users.uuid", is(best.subList(0, 2)));
        search(system(), QUERY, Map.of("limit", 100)).body("users", hasSize(7));
    }

    @Test
    @DisplayName("H3: equally similar users come in the order of their ids")
    void ties() {
        List<String> users = Stream.generate(() -> enrolled(Vectors.at(0.9, 1)).toString())
                .limit(6)
                .sorted()
                .toList();

        assertThat(found(search(system(), QUERY, Map.of("limit", 4)))).isEqualTo(users.subList(0, 4));
    }

    @Test
    @DisplayName("H3, H4: the default threshold is the calibration's; a hit exactly at a threshold counts")
    void threshold() {
        UUID near = enrolled(Vectors.at(0.4002, 1));
        UUID far = enrolled(Vectors.at(0.39, 2));

        assertThat(found(search(system(), QUERY, Map.of()))).containsExactly(near.toString());
        assertThat(found(search(system(), QUERY, Map.of("threshold", 0.4))))
                .containsExactly(near.toString(), far.toString());
        assertThat(found(search(system(), QUERY, Map.of("threshold", 0)))).hasSize(2);
        float score = search(system(), QUERY, Map.of()).extract().path("users[0].score");
        assertThat(found(search(system(), QUERY, Map.of("threshold", Float.toString(score)))))
                .containsExactly(near.toString());
        assertThat(found(search(system(), QUERY, Map.of("threshold", "1")))).isEmpty();
    }

    @Test
    @DisplayName("B6: nobody found is 200 with an empty list")
    void nobody() {
        search(system(), QUERY, Map.of()).statusCode(200).body("users", is(empty()));
        enrolled(Vectors.at(-0.5, 1));
        search(system(), QUERY, Map.of()).statusCode(200).body("users", is(empty()));
        search(device("hall"), QUERY, Map.of()).statusCode(200).body("users", is(empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"embedding\":null}",
                "{\"embedding\":{}}",
                "{\"embedding\":{\"revision\":\"rev1\"}}",
                "{\"embedding\":{\"revision\":\"rev1\",\"vector\":\"AAAA\"}}",
                "{\"embedding\":{\"revision\":\"rev1\",\"vector\":\"?\"}}",
                "{\"embedding\":{\"revision\":1,\"vector\":\"AAAA\"}}",
                "{\"embedding\":\"rev1\"}",
                "[]",
                "{",
                ""
            })
    @DisplayName("A bad embedding is 400 BAD_REQUEST")
    void badEmbedding(String body) {
        system().contentType("application/json")
                .body(body)
                .post("/v3/faces/search")
                .then()
                .statusCode(400)
                .body("error", is("BAD_REQUEST"));
    }

    @Test
    @DisplayName("An embedding of another length, or of an unknown revision, is 400")
    void badDimension() {
        float[] shorter = Vectors.unit(new double[] {1, 2, 3, 4});
        search(system(), shorter, Map.of()).statusCode(400).body("reason", containsString("16"));
        Map<String, Object> unknown = Map.of("embedding", Vectors.embedding("other", QUERY));
        system().contentType("application/json")
                .body(unknown)
                .post("/v3/faces/search")
                .then()
                .statusCode(400)
                .body("reason", containsString("revision"));
    }

    @Test
    @DisplayName("H3: a limit or threshold out of range is 400")
    void badOptions() {
        for (Object limit : List.of(0, 101, 5.5, "x", true, List.of())) {
            search(system(), QUERY, Map.of("limit", limit)).statusCode(400).body("error", is("BAD_REQUEST"));
        }
        for (Object threshold : List.of(-0.1, 1.1, "x", true)) {
            search(system(), QUERY, Map.of("threshold", threshold))
                    .statusCode(400)
                    .body("error", is("BAD_REQUEST"));
        }
        for (Object gallery : List.of("", "g".repeat(129), 5, List.of())) {
            search(system(), QUERY, Map.of("gallery", gallery)).statusCode(400).body("error", is("BAD_REQUEST"));
        }
    }

    @Test
    @DisplayName("B13: an unknown calibration while inference is away is 503; a known one goes on")
    void inferenceAway() {
        enrolled(QUERY);
        search(system(), QUERY, Map.of()).statusCode(200);
        inference.reachable(false);

        search(system(), QUERY, Map.of()).statusCode(200).body("users", hasSize(1));
        String unheard = "rev" + UUID.randomUUID().toString().substring(0, 6);
        Map<String, Object> body = Map.of("embedding", Vectors.embedding(unheard, QUERY));
        system().contentType("application/json")
                .body(body)
                .post("/v3/faces/search")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue());
    }

    @Test
    @DisplayName("H4: a calibration is asked for once")
    void calibrationIsKept() {
        enrolled(QUERY);
        int before = inference.calibrationCalls();
        search(system(), QUERY, Map.of()).statusCode(200);
        search(system(), QUERY, Map.of()).statusCode(200);
        assertThat(inference.calibrationCalls()).isEqualTo(before);
    }

    @Test
    @DisplayName("H5: verify is 200 with the score, also below the threshold")
    void verifyScores() {
        UUID user = enrolled(Vectors.at(1, 1));

        verify(system(), user, QUERY).statusCode(200).body("score", is(1.0f));
        verify(system(), user, Vectors.at(0.8, 4)).statusCode(200).body("score", is(0.9f));
        verify(system(), user, Vectors.at(0, 4)).statusCode(200).body("score", is(0.2083f));
        verify(system(), user, Vectors.at(-1, 4)).statusCode(200).body("score", is(0.0f));
    }

    @Test
    @DisplayName("H5: verify of a user without a face is 404, of a face of another model revision too, with a reason")
    void verifyWithoutFace() {
        verify(system(), identity.add(), QUERY).statusCode(404).body("error", is("BAD_RESOURCE"));
        UUID user = identity.add();
        enroll(system(), Map.of("user_id", user.toString(), "embedding", Vectors.embedding("rev9", QUERY)))
                .statusCode(200);

        verify(system(), user, QUERY)
                .statusCode(404)
                .body("error", is("BAD_RESOURCE"))
                .body("reason", allOf(containsString("rev9"), containsString(REVISION)));
    }

    @Test
    @DisplayName("B2: user_id that is missing or malformed is 400")
    void badUserId() {
        Map<String, Object> embedding = Vectors.embedding(REVISION, QUERY);
        for (Map<String, Object> body : List.of(
                Map.<String, Object>of("embedding", embedding),
                Map.<String, Object>of("embedding", embedding, "user_id", "abc"),
                Map.<String, Object>of("embedding", embedding, "user_id", 5))) {
            system().contentType("application/json")
                    .body(body)
                    .post("/v3/faces/verify")
                    .then()
                    .statusCode(400);
            enroll(system(), body).statusCode(400).body("error", is("BAD_REQUEST"));
        }
        access("", Map.of("purpose", "verification")).statusCode(400);
        access("", Map.of("purpose", "enrollment", "user_id", "abc"))
                .statusCode(400)
                .body("error", is("BAD_REQUEST"));
    }

    @ParameterizedTest(name = "token from {0} through {1}: verify {2}, enroll {3}")
    @CsvSource({"0,0,200,200", "1,2,404,200", "-2,-1,404,404", "-1,0,200,200"})
    @DisplayName("H2: a device verifies with a token valid now and enrolls with one not expired; else 404")
    void deviceNeedsToken(long from, long through, int verify, int enroll) {
        UUID user = enrolled(QUERY);
        token(user, "hall", clock.now() + from, clock.now() + through);

        verify(device("hall"), user, QUERY).statusCode(verify);
        access("hall", Map.of("purpose", "verification", "user_id", user)).statusCode(verify);
        access("hall", Map.of("purpose", "enrollment", "user_id", user)).statusCode(enroll);
        enroll(device("hall"), user, QUERY).statusCode(enroll);
        verify(device("door"), user, QUERY).statusCode(404).body("error", is("BAD_RESOURCE"));
        enroll(device("door"), user, QUERY).statusCode(404).body("error", is("BAD_RESOURCE"));
    }

    @Test
    @DisplayName("D7, D8: a pipeline's enrolment keeps created and moves updated")
    void enrolTwice() {
        UUID user = identity.add();
        int start = (int) clock.now();
        enroll(system(), user, QUERY).statusCode(200).body("created", is(start)).body("updated", is(start));
        clock.set(start + 3);
        enroll(system(), user, Vectors.at(0, 2))
                .statusCode(200)
                .body("created", is(start))
                .body("updated", is(start + 3));
        assertThat(found(search(system(), QUERY, Map.of()))).isEmpty();
    }

    @Test
    @DisplayName("B1: a back-end cannot enrol a user that identity-service does not know; B13: 503 while it is away")
    void unknownUser() {
        enroll(system(), UUID.randomUUID(), QUERY).statusCode(404).body("error", is("BAD_RESOURCE"));
        identity.reachable(false);
        enroll(system(), UUID.randomUUID(), QUERY).statusCode(503).header("Retry-After", notNullValue());
    }

    @Test
    @DisplayName("The access check answers what the later call would")
    void accessCheck() {
        UUID user = enrolled(QUERY);
        UUID faceless = identity.add();
        access("", Map.of("purpose", "verification", "user_id", user))
                .statusCode(200)
                .body("isEmpty()", is(true));
        access("", Map.of("purpose", "verification", "user_id", faceless)).statusCode(404);
        access("", Map.of("purpose", "enrollment", "user_id", faceless)).statusCode(200);
        access("", Map.of("purpose", "enrollment", "user_id", UUID.randomUUID()))
                .statusCode(404);
        access("", Map.of("purpose", "identification")).statusCode(200);
        access("", Map.of("purpose", "identification", "limit", "5", "threshold", "0.5", "gallery", "x"))
                .statusCode(200);
        access("hall", Map.of("purpose", "identification", "gallery", "")).statusCode(200);
        access("", Map.of("purpose", "identification", "limit", "0")).statusCode(400);
        access("", Map.of("purpose", "identification", "threshold", "2")).statusCode(400);
        access("", Map.of("purpose", "identification", "limit", List.of("1", "2")))
                .statusCode(400);
        access("", Map.of("purpose", "else")).statusCode(400);
        access("", Map.of()).statusCode(400).body("error", is("BAD_REQUEST"));
    }

    @Test
    @DisplayName("A15: without a valid internal token nothing is answered")
    void unauthenticated() {
        io.restassured.RestAssured.given().get("/v3/faces/access").then().statusCode(401);
        io.restassured.RestAssured.given()
                .header("X-Customer", customer)
                .contentType("application/json")
                .body("{}")
                .post("/v3/faces/search")
                .then()
                .statusCode(401);
    }
}
