package io.menso.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.gateway.routing.Route;
import io.menso.gateway.routing.RouteTable;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(GatewayServers.class)
class DocsResourceTest {

    private final World world = new World();

    private JsonObject spec() {
        return new JsonObject(world.send(world.request("/docs/spec").header("Accept", "application/json"))
                .body());
    }

    @Test
    @DisplayName("the description is YAML by default and JSON when asked for, without a token")
    void theDescriptionIsServedWithoutAToken() {
        HttpResponse<String> yaml = world.send(world.request("/docs/spec"));

        assertThat(yaml.statusCode()).isEqualTo(200);
        assertThat(yaml.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(yaml.body()).startsWith("openapi: 3.1.0");
        assertThat(spec().getString("openapi")).isEqualTo("3.1.0");
    }

    @Test
    @DisplayName("the description and the route table name the same paths and methods")
    void descriptionAndRoutesAgree() {
        JsonObject paths = spec().getJsonObject("paths");
        assertThat(paths.fieldNames())
                .containsExactlyInAnyOrderElementsOf(
                        RouteTable.all().stream().map(Route::template).toList());
        for (Route route : RouteTable.all()) {
            Set<String> described =
                    new TreeSet<>(paths.getJsonObject(route.template()).fieldNames());
            described.remove("parameters");
            Set<String> routed = route.operations().keySet().stream()
                    .map(method -> method.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(described).as(route.template()).isEqualTo(routed);
        }
    }

    @Test
    @DisplayName("every reference in the description leads somewhere and every operation says what errors look like")
    void everyReferenceLeadsSomewhere() {
        JsonObject spec = spec();
        walk(spec, spec);
        spec.getJsonObject("paths")
                .forEach(path -> ((JsonObject) path.getValue()).forEach(operation -> {
                    if (operation.getValue() instanceof JsonObject object) {
                        assertThat(object.getJsonObject("responses").fieldNames())
                                .as(path.getKey() + " " + operation.getKey())
                                .contains("401", "429", "503");
                    }
                }));
    }

    private static void walk(JsonObject spec, Object node) {
        if (node instanceof JsonObject object) {
            if (object.containsKey("$ref")) {
                String reference = object.getString("$ref");
                assertThat(JsonPointer.from(reference.substring(1)).queryJson(spec))
                        .as(reference)
                        .isNotNull();
            }
            object.forEach(member -> walk(spec, member.getValue()));
        } else if (node instanceof JsonArray array) {
            array.forEach(item -> walk(spec, item));
        }
    }

    @Test
    @DisplayName("the page for people names every call and needs nothing from elsewhere")
    void thePageNamesEveryCall() {
        HttpResponse<String> page = world.send(world.request("/docs"));

        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        for (Route route : RouteTable.all()) {
            assertThat(page.body()).contains("<code>" + route.template() + "</code>");
        }
        assertThat(page.body())
                .contains("Idempotency-Key", "threshold", "BAD_AUTH")
                .doesNotContain("<script", "src=", "http://", "https://");
    }
}
