package io.menso.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UsersIT {

    private final Client backend = Client.backend();

    @Test
    @DisplayName("D2: a user is created, read, changed and deleted; a second DELETE is 404")
    void userLives() {
        Response created = backend.json(Map.of("display_name", "John Smith")).post("/v3/users");
        created.then().statusCode(201).body("display_name", equalTo("John Smith"));
        String path = "/v3/users/" + created.path("uuid");
        assertThat(UUID.fromString(created.path("uuid")).version()).isEqualTo(7);

        backend.request().get(path).then().statusCode(200).body("created", equalTo(created.path("created")));
        backend.request()
                .contentType("application/merge-patch+json")
                .body("{\"display_name\":\"John David Smith\"}")
                .patch(path)
                .then()
                .statusCode(200)
                .body("display_name", equalTo("John David Smith"));
        backend.request().delete(path).then().statusCode(204);
        backend.request().delete(path).then().statusCode(404).body("error", equalTo("BAD_RESOURCE"));
    }

    @Test
    @DisplayName("D3: null for a required member is 400, and a patch that is no object too")
    void badPatches() {
        String path = "/v3/users/" + backend.newUser("Patched");

        for (String patch : List.of("{\"display_name\":null}", "[]", "\"x\"", "{\"display_name\":\"x\",}")) {
            backend.request()
                    .contentType("application/json")
                    .body(patch)
                    .patch(path)
                    .then()
                    .statusCode(400)
                    .body("error", equalTo("BAD_REQUEST"));
        }
    }

    @Test
    @DisplayName("C1, C2: pages hold users in order of creation, with Link where there is more than one page")
    void pages() {
        Client other = Client.production(RunningSuite.get().newCustomer("pages-" + UUID.randomUUID()));
        List<String> users = List.of(other.newUser("a"), other.newUser("b"), other.newUser("c"));

        Response first = other.request().get("/v3/users?per_page=2");
        Response last = other.request().get("/v3/users?per_page=2&page=2");

        assertThat(first.<List<String>>path("users")).isEqualTo(users.subList(0, 2));
        assertThat(last.<List<String>>path("users")).isEqualTo(users.subList(2, 3));
        assertThat(first.header("Link"))
                .contains("rel=\"next\"")
                .contains("per_page=2")
                .contains(other.url() + "/v3/users")
                .doesNotContain("rel=\"prev\"");
        assertThat(last.header("Link")).contains("rel=\"prev\"").doesNotContain("rel=\"next\"");
        assertThat(other.request().get("/v3/users").header("Link")).isNull();
        other.request().get("/v3/users?page=9").then().statusCode(200).body("users", equalTo(List.of()));
        other.request().get("/v3/users?page=0").then().statusCode(400);
        other.request().get("/v3/users?per_page=1001").then().statusCode(400);
    }

    @Test
    @DisplayName("D1, D5: tokens are created, listed, read, changed and deleted, always with valid_through")
    void tokens() {
        String user = backend.newUser("Token holder");
        String path = "/v3/users/" + user + "/tokens";
        String token = backend.newToken(user, "NAGANO", 0, 60);

        backend.request().get(path).then().statusCode(200).body("tokens", hasItem(token));
        backend.request()
                .contentType("application/merge-patch+json")
                .body("{\"valid_from\":1722265200,\"valid_through\":1722351599}")
                .patch(path + "/" + token)
                .then()
                .statusCode(200)
                .body("valid_through", equalTo(1722351599))
                .body("metadata.gallery", equalTo("NAGANO"));
        backend.json(Map.of("valid_from", 10, "valid_through", 9, "metadata", Map.of("gallery", "X")))
                .post(path)
                .then()
                .statusCode(400);
        backend.request().delete(path + "/" + token).then().statusCode(204);
        backend.request().get(path + "/" + token).then().statusCode(404);
    }

    @Test
    @DisplayName("D7: GET face before registration is 404")
    void noFaceYet() {
        backend.request()
                .get("/v3/users/" + backend.newUser("Faceless") + "/face")
                .then()
                .statusCode(404)
                .body("error", equalTo("BAD_RESOURCE"));
    }

    @Test
    @DisplayName("A7, B1: nothing is seen from another environment or another customer")
    void tenancy() {
        String path = "/v3/users/" + backend.newUser("Mine");
        Client staging = Client.staging(RunningSuite.get().credentials());
        Client other = Client.production(RunningSuite.get().newCustomer("other-" + UUID.randomUUID()));

        for (Client stranger : List.of(staging, other)) {
            stranger.request().get(path).then().statusCode(404).body("error", equalTo("BAD_RESOURCE"));
            stranger.request().delete(path).then().statusCode(404);
            stranger.request().get("/v3/users?per_page=1000").then().body("users", not(hasItem(path.substring(10))));
        }
    }

    @Test
    @DisplayName("Idempotency-Key makes a repeated POST answer with the first user")
    void idempotency() {
        String key = UUID.randomUUID().toString();
        Map<String, String> body = Map.of("display_name", "Once");

        String first = backend.json(body)
                .header("Idempotency-Key", key)
                .post("/v3/users")
                .path("uuid");
        String second = backend.json(body)
                .header("Idempotency-Key", key)
                .post("/v3/users")
                .path("uuid");

        assertThat(second).isEqualTo(first);
    }
}
