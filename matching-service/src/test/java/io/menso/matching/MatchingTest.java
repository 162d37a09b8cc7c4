package io.menso.matching;

import static io.restassured.RestAssured.given;

import io.menso.testing.InternalTokens;
import io.menso.testing.RealServers;
import io.quarkus.test.common.WithTestResource;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/// A customer of its own for each test, and the calls that tests make. The service starts once for all of them.
@WithTestResource(RealServers.class)
@WithTestResource(MasterKeyFile.class)
public abstract class MatchingTest {

    protected static final String REVISION = "rev1";

    protected final String customer = "c" + UUID.randomUUID().toString().substring(0, 8);

    @Inject
    protected FakeIdentity identity;

    @Inject
    protected FakeInference inference;

    @Inject
    protected TestClock clock;

    @AfterEach
    void everybodyIsBack() {
        identity.reachable(true);
        inference.reachable(true);
    }

    protected RequestSpecification system() {
        return system("production");
    }

    protected RequestSpecification system(String environment) {
        return given().auth().oauth2(InternalTokens.system(customer, environment));
    }

    protected RequestSpecification device(String gallery) {
        return given().auth().oauth2(InternalTokens.device(customer, "production", UUID.randomUUID(), gallery));
    }

    /// A user that exists and has this face.
    protected UUID enrolled(float[] vector) {
        UUID user = identity.add();
        enroll(system(), user, vector).statusCode(200);
        return user;
    }

    protected ValidatableResponse enroll(RequestSpecification as, UUID user, float[] vector) {
        return enroll(as, Map.of("user_id", user.toString(), "embedding", Vectors.embedding(REVISION, vector)));
    }

    protected ValidatableResponse enroll(RequestSpecification as, Map<String, Object> body) {
        return as.contentType("application/json").body(body).put("/v3/faces").then();
    }

    protected ValidatableResponse search(RequestSpecification as, float[] vector, Map<String, Object> options) {
        Map<String, Object> body = new HashMap<>(options);
        body.put("embedding", Vectors.embedding(REVISION, vector));
        return as.contentType("application/json")
                .body(body)
                .post("/v3/faces/search")
                .then();
    }

    protected ValidatableResponse verify(RequestSpecification as, UUID user, float[] vector) {
        Map<String, Object> body = Map.of("user_id", user.toString(), "embedding", Vectors.embedding(REVISION, vector));
        return as.contentType("application/json")
                .body(body)
                .post("/v3/faces/verify")
                .then();
    }

    /// A token of the user.
    protected UUID token(UUID user, String gallery, long from, long through) {
        UUID token = UUID.randomUUID();
        putToken(token, user, gallery, from, through, 1).statusCode(204);
        return token;
    }

    protected ValidatableResponse putToken(
            UUID token, UUID user, String gallery, long from, long through, long version) {
        Map<String, Object> body = Map.of(
                "user", user, "gallery", gallery, "valid_from", from, "valid_through", through, "version", version);
        return system().contentType("application/json")
                .body(body)
                .put("/internal/memberships/{token}", token)
                .then();
    }

    protected ValidatableResponse erase(UUID user) {
        return system().delete("/internal/users/{user}/face", user).then();
    }
}
