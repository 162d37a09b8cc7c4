package io.menso.identity;

import static io.menso.identity.Api.assertError;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(IdentityServers.class)
class ListResourceTest {

    private static final Pattern LINK = Pattern.compile("<(http://[^>]+)>; rel=\"(\\w+)\"");

    private final Api api = Api.newCustomer();

    @Inject
    FakeMatching matching;

    @BeforeEach
    void start() {
        matching.up();
    }

    @Test
    @DisplayName("C1, C2: following `next` from the first page visits every user once, in order of creation")
    void walksForward() {
        List<String> made = Stream.generate(api::newUser).limit(7).toList();
        List<String> seen = new ArrayList<>();
        String url = "/v3/users?per_page=3&note=a%20b";
        int pages = 0;
        while (!url.isEmpty()) {
            Response page = api.request().urlEncodingEnabled(false).get(url);
            page.then().statusCode(200).body("page", is(++pages));
            seen.addAll(page.jsonPath().getList("users"));
            assertThat(link(page, "first")).endsWith("/v3/users?per_page=3&note=a%20b&page=1");
            assertThat(link(page, "last")).endsWith("page=3");
            assertThat(link(page, "prev")).matches(pages == 1 ? "" : ".*page=" + (pages - 1));
            url = link(page, "next");
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).isEqualTo(made).isSorted();
    }

    @Test
    @DisplayName("C2: past the end is an empty page as asked, with a way back")
    void goesPastTheEnd() {
        api.newUser();
        api.newUser();
        Response page = api.request().get("/v3/users?per_page=1&page=2147483647");
        page.then().statusCode(200).body("page", is(Integer.MAX_VALUE)).body("users", hasSize(0));
        assertThat(link(page, "prev")).endsWith("page=2");
        assertThat(link(page, "next")).isEmpty();
    }

    @Test
    @DisplayName("C2: there is no Link at all when everything fits one page")
    void omitsLinks() {
        api.request().get("/v3/users").then().body("users", hasSize(0)).header("Link", is((String) null));
        api.newUser();
        for (String query : List.of("", "?per_page=1", "?page=2")) {
            api.request().get("/v3/users" + query).then().statusCode(200).header("Link", is((String) null));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=0",
                "page=-1",
                "page=1.5",
                "page=",
                "page=x",
                "page=1&page=2",
                "page=99999999999",
                "per_page=0",
                "per_page=1001",
                "per_page=x"
            })
    @DisplayName("C1: a page or size that is no integer in range is 400")
    void refusesBadPages(String query) {
        assertError(api.request().get("/v3/users?" + query).then(), 400, "BAD_REQUEST");
        assertError(
                api.request()
                        .get("/v3/users/" + api.newUser() + "/tokens?" + query)
                        .then(),
                400,
                "BAD_REQUEST");
    }

    @Test
    @DisplayName("C1, C2: tokens are listed like users; links name the host that the gateway was asked for")
    void listsTokens() {
        String user = api.newUser();
        List<String> made = Stream.generate(() -> api.newToken(user)).limit(3).toList();
        Response page = api.request()
                .header("X-Forwarded-Host", "api.example.com")
                .header("X-Forwarded-Proto", "https")
                .get("/v3/users/" + user + "/tokens?per_page=2");
        page.then().statusCode(200).body("page", is(1)).body("tokens", is(made.subList(0, 2)));
        assertThat(page.header("Link"))
                .contains("<https://api.example.com/v3/users/" + user + "/tokens?per_page=2&page=2>; rel=\"next\"")
                .doesNotContain("prev");
        api.request().get("/v3/users/" + user + "/tokens?per_page=1000").then().body("tokens", is(made));
    }

    private static String link(Response page, String relation) {
        Matcher matcher = LINK.matcher(page.header("Link"));
        while (matcher.find()) {
            if (matcher.group(2).equals(relation)) {
                return matcher.group(1);
            }
        }
        return "";
    }
}
