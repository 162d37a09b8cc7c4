package io.menso.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(IdentityServers.class)
class UpdatedResourceTest {

    private final Api api = Api.newCustomer();

    @Inject
    FakeMatching matching;

    @Inject
    TestClock clock;

    @BeforeEach
    void start() {
        matching.up();
    }

    @Test
    @DisplayName("D3: a patch of a user that changes nothing leaves `updated` as it was; one that does moves it")
    void movesOfUser() {
        String id = api.newUser("Ann");
        String path = "/v3/users/" + id;
        JsonPath made = api.user(id);
        clock.advance(Duration.ofMinutes(1));
        for (String nothing : new String[] {"{}", "{\"display_name\":\"Ann\"}", "{\"updated\":5,\"x\":1}"}) {
            assertThat(patch(path, nothing).getMap("$")).isEqualTo(made.getMap("$"));
        }
        JsonPath changed = patch(path, "{\"display_name\":\"Bob\"}");
        assertThat(changed.getLong("created")).isEqualTo(made.getLong("created"));
        assertThat(changed.getLong("updated")).isGreaterThanOrEqualTo(made.getLong("updated") + 60);
    }

    @Test
    @DisplayName("D3: a patch of a token that changes nothing leaves `updated` as it was; one that does moves it")
    void movesOfToken() {
        String user = api.newUser();
        String id = api.newToken(user);
        String path = "/v3/users/" + user + "/tokens/" + id;
        JsonPath made = api.token(user, id);
        clock.advance(Duration.ofMinutes(1));
        for (String nothing : new String[] {
            "{}", "{\"valid_from\":100}", "{\"metadata\":{\"gallery\":\"NAGANO\",\"x\":null}}", "{\"created\":null}"
        }) {
            assertThat(patch(path, nothing).getMap("$")).isEqualTo(made.getMap("$"));
        }
        JsonPath changed = patch(path, "{\"metadata\":{\"x\":1}}");
        assertThat(changed.getLong("created")).isEqualTo(made.getLong("created"));
        assertThat(changed.getLong("updated")).isGreaterThanOrEqualTo(made.getLong("updated") + 60);
    }

    private JsonPath patch(String path, String body) {
        return api.patch(body).patch(path).then().statusCode(200).extract().jsonPath();
    }
}
