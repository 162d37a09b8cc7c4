package io.menso.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelinesIT {

    private final Client backend = Client.backend();

    @Test
    @DisplayName("G3: a pipeline is created, listed, read, put back as it was read, and deleted")
    void pipelineLives() {
        String source = "async (api, body, params) => {\n  return {x: params.x};\n}";
        String pipeline = store(source);
        String path = "/v3/pipelines/" + pipeline;

        backend.request().get("/v3/pipelines?per_page=1000").then().body("pipelines", hasItem(pipeline));
        Response read = backend.request().get(path);
        read.then().statusCode(200).contentType(containsString("javascript"));
        assertThat(read.asString())
                .startsWith("// Created: ")
                .contains("\n// Updated: ")
                .endsWith(source);
        backend.request()
                .contentType("text/javascript")
                .body(read.asString())
                .put(path)
                .then()
                .statusCode(200);
        assertThat(backend.request().get(path).asString()).endsWith("+00:00\n" + source);
        run(pipeline, "?x=1").then().statusCode(200).body("x", equalTo("1"));
        backend.request().delete(path).then().statusCode(204);
        backend.request().get(path).then().statusCode(404);
    }

    @Test
    @DisplayName("G1: built-ins return their source and cannot be replaced or deleted")
    void builtIns() {
        for (String name : List.of("enroll_face", "identify", "verify")) {
            backend.request()
                    .get("/v3/pipelines/" + name)
                    .then()
                    .statusCode(200)
                    .body(containsString("async"));
            backend.request().delete("/v3/pipelines/" + name).then().statusCode(405);
            backend.request()
                    .contentType("text/javascript")
                    .body("async () => 1")
                    .put("/v3/pipelines/" + name)
                    .then()
                    .statusCode(405);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1 + 1", "async (a, b, c, d) => 1", "async () => {", "() => 1"})
    @DisplayName("G2: a source that is no async function of at most three parameters is 400 BAD_CONTENT")
    void badSources(String source) {
        backend.request()
                .contentType("text/javascript")
                .body(source)
                .post("/v3/pipelines")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_CONTENT"));
    }

    @Test
    @DisplayName("G4: a pipeline calls the API with its caller's rights, in its caller's tenant")
    void callsTheApi() {
        String user = backend.newUser("Seen by a script");
        String pipeline = store("async (api, body, params) => api.get('/v3/users/' + params.user)");

        run(pipeline, "?user=" + user).then().statusCode(200).body("uuid", equalTo(user));
    }

    @Test
    @DisplayName("G4, A8: with a device key the same call is refused")
    void deviceRights() {
        String user = backend.newUser("Hidden from devices");
        String pipeline = store("async (api, body, params) => api.get('/v3/users/' + params.user)");
        Client device = backend.deviceKey(backend.newDevice("SCRIPTS"));

        device.images(List.of(Faces.person(0).getFirst()))
                .post("/v3/pipelines/" + pipeline + "?user=" + user)
                .then()
                .statusCode(401)
                .body("error", equalTo("BAD_AUTH"));
    }

    @Test
    @DisplayName("G6: a failed call becomes the response; a thrown look-alike is a fault of the script")
    void errors() {
        String failing = store("async (api) => api.get('/v3/users/019c0000-0000-7000-8000-000000000000')");
        String lookAlike = store("async () => { throw {status: 404, error: 'BAD_RESOURCE', reason: 'made up'}; }");

        run(failing, "").then().statusCode(404).body("error", equalTo("BAD_RESOURCE"));
        run(lookAlike, "").then().statusCode(400).body("error", equalTo("BAD_REQUEST"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (;;) {}",
                "let x = 2n; for (;;) x *= x;",
                "const a = []; for (;;) a.push(new Array(1e6).fill(7));",
                "const f = () => f(); f();",
                "'x'.repeat(1 << 30)",
                "return BigInt(1)",
                "/(a+)+$/.test('a'.repeat(40) + 'b'); for (;;) await null;"
            })
    @DisplayName("G6, G7: a script out of bounds is 400 BAD_REQUEST, and the next request is served")
    void outOfBounds(String body) {
        String pipeline = store("async (api, body, params) => { " + body + " }");

        run(pipeline, "")
                .then()
                .statusCode(400)
                .body("error", equalTo("BAD_REQUEST"))
                .body("reason", notNullValue());

        backend.request().get("/v3/pipelines").then().statusCode(200);
    }

    @Test
    @DisplayName("G5: a forged handle is no picture, and what one run does to prototypes the next does not see")
    void forgedHandles() {
        String forged = store("async (api) => api.post('/v3/models/face_analysis', "
                + "[{name: '/etc/passwd', type: 'image/jpeg', size: 9}])");
        String pollution = store("async () => { const seen = {}.polluted; Object.prototype.polluted = 1;"
                + " return {seen: seen === undefined}; }");

        run(forged, "").then().statusCode(400);
        run(pollution, "").then().statusCode(200).body("seen", equalTo(true));
        run(pollution, "").then().statusCode(200).body("seen", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/keys/x",
                "/v3/../internal/customers/demo/keys",
                "http://localhost/v3/users",
                "//v3/users"
            })
    @DisplayName("G4: paths lead nowhere but below /v3/")
    void pathTricks(String target) {
        String pipeline = store("async (api, body, params) => api.get(params.path)");

        Response response = backend.images(List.of(Faces.person(0).getFirst()))
                .queryParam("path", target)
                .post("/v3/pipelines/" + pipeline);

        assertThat(response.statusCode()).isIn(400, 404);
    }

    private String store(String source) {
        Response response =
                backend.request().contentType("text/javascript").body(source).post("/v3/pipelines");
        response.then().statusCode(201);
        return response.path("uuid");
    }

    private Response run(String pipeline, String query) {
        return backend.images(List.of(Faces.person(0).getFirst())).post("/v3/pipelines/" + pipeline + query);
    }

    @Test
    @DisplayName("F1, F2: a model describes its parameters, runs, and refuses unknown ones by name")
    void models() {
        Faces.assumeModels();
        List<String> models = backend.request().get("/v3/models").path("models");
        String detector = models.stream()
                .filter(name -> name.startsWith("face_detector_"))
                .findFirst()
                .orElseThrow();

        Map<String, ?> description =
                backend.request().get("/v3/models/" + detector).path("$");
        Response found = backend.images(List.of(Faces.person(0).getFirst())).post("/v3/models/" + detector);
        Response unknown =
                backend.images(List.of(Faces.person(0).getFirst())).post("/v3/models/" + detector + "?what=1");

        assertThat(description).containsKeys("name", "description", "parameters");
        found.then().statusCode(200).body("model", equalTo(detector)).body("images[0].faces.size()", equalTo(1));
        unknown.then().statusCode(400).body("reason", containsString("what"));
    }
}
