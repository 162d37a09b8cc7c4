package io.menso.identity;

import static io.menso.identity.Api.assertError;
import static io.menso.identity.Api.tokenBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(IdentityServers.class)
class IdempotencyResourceTest {

    private static final String ANN = "{\"display_name\":\"Ann\"}";

    private final Api api = Api.newCustomer();

    @Inject
    FakeMatching matching;

    @Inject
    Pool pool;

    @Inject
    Housekeeping housekeeping;

    @BeforeEach
    void start() {
        matching.up();
    }

    private Response post(Api as, String path, String key, String body) {
        return as.json(body).header("Idempotency-Key", key).post(path);
    }

    @Test
    @DisplayName("A repeated POST of a user with the same key answers 201 with the same user")
    void repeatsUser() {
        Response first = post(api, "/v3/users", "k1", ANN);
        Response second = post(api, "/v3/users", "k1", ANN);
        first.then().statusCode(201);
        second.then().statusCode(201);
        assertThat(second.asString()).isEqualTo(first.asString());
        post(api, "/v3/users", "k2", ANN).then().statusCode(201);
        api.request().get("/v3/users").then().body("users", hasSize(2));
    }

    @Test
    @DisplayName("A repeated POST of a token with the same key answers 201 with the same token")
    void repeatsToken() {
        String path = "/v3/users/" + api.newUser() + "/tokens";
        Response first = post(api, path, "k", tokenBody(1, 2, "a"));
        Response second = post(api, path, "k", tokenBody(1, 2, "a"));
        first.then().statusCode(201);
        second.then().statusCode(201);
        assertThat(second.asString()).isEqualTo(first.asString());
        api.request().get(path).then().body("tokens", hasSize(1));
        assertError(post(api, path, "k", tokenBody(1, 3, "a")).then(), 400, "BAD_REQUEST");
    }

    @Test
    @DisplayName("A key with another body, or one of more than 255 characters, is 400")
    void refusesMisuse() {
        post(api, "/v3/users", "k", ANN).then().statusCode(201);
        assertError(post(api, "/v3/users", "k", "{\"display_name\":\"Bob\"}").then(), 400, "BAD_REQUEST");
        assertError(post(api, "/v3/users", "k".repeat(256), ANN).then(), 400, "BAD_REQUEST");
        post(api, "/v3/users", "k".repeat(255), ANN).then().statusCode(201);
    }

    @Test
    @DisplayName("Keys of different tenants and collections have nothing to do with each other")
    void separates() {
        String user = api.newUser();
        String other = api.newUser();
        post(api, "/v3/users", "k", ANN).then().statusCode(201);
        post(api.staging(), "/v3/users", "k", "{\"display_name\":\"Bob\"}")
                .then()
                .statusCode(201);
        post(Api.newCustomer(), "/v3/users", "k", "{\"display_name\":\"Bob\"}")
                .then()
                .statusCode(201);
        post(api, "/v3/users/" + user + "/tokens", "k", tokenBody(1, 2, "a"))
                .then()
                .statusCode(201);
        post(api, "/v3/users/" + other + "/tokens", "k", tokenBody(1, 3, "a"))
                .then()
                .statusCode(201);
    }

    @Test
    @DisplayName("A refused request does not use its key up; the key of a deleted object is refused")
    void staysUsable() {
        assertError(post(api, "/v3/users", "k", "{}").then(), 400, "BAD_REQUEST");
        String id = post(api, "/v3/users", "k", ANN)
                .then()
                .statusCode(201)
                .extract()
                .path("uuid");
        api.request().delete("/v3/users/" + id).then().statusCode(204);
        assertError(post(api, "/v3/users", "k", ANN).then(), 400, "BAD_REQUEST");
    }

    @Test
    @DisplayName("Sixteen requests at once with one key create one user")
    void createsOnce() {
        List<Response> answers = Parallel.run(16, i -> post(api, "/v3/users", "k", ANN));
        assertThat(answers).allSatisfy(answer -> answer.then().statusCode(201));
        assertThat(answers.stream().map(Response::asString).distinct()).hasSize(1);
        api.request().get("/v3/users").then().body("users", hasSize(1));
    }

    @Test
    @DisplayName("A key is free again after 24 hours, and old ones are swept away")
    void expires() {
        post(api, "/v3/users", "k", ANN).then().statusCode(201);
        post(api, "/v3/users", "old", ANN).then().statusCode(201);
        age(api.customer());
        post(api, "/v3/users", "k", "{\"display_name\":\"Bob\"}").then().statusCode(201);
        sweep();
        long left = pool.preparedQuery("select count(*) from idempotency_keys where tenant = $1")
                .execute(Tuple.of(api.customer() + "/production"))
                .await()
                .atMost(Duration.ofSeconds(5))
                .iterator()
                .next()
                .getLong(0);
        assertThat(left).isEqualTo(1);
    }

    private void sweep() {
        try {
            VertxContextSupport.subscribeAndAwait(housekeeping::purgeIdempotencyKeys);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private void age(String customer) {
        pool.preparedQuery("update idempotency_keys set created_at = now() - interval '24 hours 1 second'"
                        + " where tenant = $1")
                .execute(Tuple.of(customer + "/production"))
                .await()
                .atMost(Duration.ofSeconds(5));
    }
}
