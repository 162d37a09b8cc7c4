package io.menso.matching.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import io.menso.matching.MatchingTest;
import io.menso.matching.Vectors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Templates of two embedding revisions beside each other, as while an operator changes the model.
@QuarkusTest
class RevisionsResourceTest extends MatchingTest {

    private static final String FORMER = "rev0";
    private static final String CURRENT = "rev1";
    private static final float[] FACE = Vectors.at(1, 1);
    private static final float[] STRANGER = Vectors.at(-1, 2);

    private UUID enrolledWith(String revision, float[] face) {
        return enrolAgain(identity.add(), revision, face);
    }

    private UUID enrolAgain(UUID user, String revision, float[] face) {
        enroll(system(), Map.of("user_id", user.toString(), "embedding", Vectors.embedding(revision, face)))
                .statusCode(200);
        return user;
    }

    private ValidatableResponse searchWith(RequestSpecification as, String revision, float[] face) {
        return as.contentType("application/json")
                .body(Map.of("embedding", Vectors.embedding(revision, face)))
                .post("/v3/faces/search")
                .then();
    }

    private List<String> found(RequestSpecification as, String revision, float[] face) {
        return searchWith(as, revision, face).statusCode(200).extract().path("users.uuid");
    }

    private void assertSaysSo(RequestSpecification as) {
        searchWith(as, CURRENT, FACE)
                .statusCode(404)
                .body("error", is("BAD_RESOURCE"))
                .body("reason", allOf(containsString(FORMER), containsString(CURRENT), containsString("register")));
    }

    @Test
    @DisplayName("A search with a revision that has no templates says which ones have, instead of: nobody")
    void allFacesAreOfTheFormerRevision() {
        enrolledWith(FORMER, FACE);

        assertSaysSo(system());
        assertThat(found(system(), FORMER, FACE)).hasSize(1);
    }

    @Test
    @DisplayName("B6: a tenant without any face stays 200 with an empty list, whatever others have")
    void noFacesAtAll() {
        RequestSpecification neighbour = new RevisionsResourceTest().system();
        String user = identity.add().toString();
        enroll(neighbour, Map.of("user_id", user, "embedding", Vectors.embedding(FORMER, FACE)))
                .statusCode(200);

        searchWith(system(), CURRENT, FACE).statusCode(200).body("users", is(empty()));
    }

    @Test
    @DisplayName("B6: when the last face of the former revision is gone, the answer is an empty list again")
    void lastFaceIsGone() {
        UUID user = enrolledWith(FORMER, FACE);
        assertSaysSo(system());

        erase(user).statusCode(204);

        searchWith(system(), CURRENT, FACE).statusCode(200).body("users", is(empty()));
    }

    @Test
    @DisplayName("Two revisions serve at once, each among its own templates")
    void twoRevisionsAtOnce() {
        UUID former = enrolledWith(FORMER, FACE);
        UUID current = enrolledWith(CURRENT, FACE);

        assertThat(found(system(), FORMER, FACE)).containsExactly(former.toString());
        assertThat(found(system(), CURRENT, FACE)).containsExactly(current.toString());
        assertThat(found(system(), CURRENT, STRANGER)).isEmpty();
        verify(system(), current, FACE).statusCode(200).body("score", is(1.0f));
    }

    @Test
    @DisplayName("D8: enrolling again under another revision replaces the face and its template")
    void enrollingAgainReplaces() {
        UUID user = enrolledWith(FORMER, FACE);

        enrolAgain(user, CURRENT, FACE);

        assertThat(found(system(), CURRENT, FACE)).containsExactly(user.toString());
        searchWith(system(), FORMER, FACE).statusCode(404).body("reason", containsString(CURRENT));
    }

    @Test
    @DisplayName("A gallery whose faces are all of the former revision says so, also when others have moved on")
    void galleryLeftBehind() {
        UUID here = enrolledWith(FORMER, FACE);
        UUID elsewhere = enrolledWith(CURRENT, FACE);
        token(here, "hall", clock.now(), clock.now());
        token(elsewhere, "door", clock.now(), clock.now());
        token(identity.add(), "attic", clock.now(), clock.now());

        assertSaysSo(device("hall"));
        assertThat(found(device("door"), CURRENT, FACE)).containsExactly(elsewhere.toString());
        assertThat(found(device("door"), CURRENT, STRANGER)).isEmpty();
        assertThat(found(device("attic"), CURRENT, FACE)).isEmpty();
        assertThat(found(device("cellar"), CURRENT, FACE)).isEmpty();
    }
}
