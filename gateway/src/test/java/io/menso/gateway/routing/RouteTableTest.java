package io.menso.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.menso.commons.web.ApiException;
import io.menso.gateway.keys.CallerKey;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

    private static final String ID = "0190ed33-2084-76c8-8222-142040abd5f7";
    private static final CallerKey SYSTEM =
            new CallerKey("k", "acme", "production", Optional.empty(), Optional.empty(), new byte[64]);

    private static RouteTable.Match admit(String method, String path) {
        return RouteTable.admit(RouteTable.find(path), HttpMethod.valueOf(method), path, SYSTEM);
    }

    @ParameterizedTest
    @DisplayName("every path of the API leads to the service that owns it")
    @CsvSource({
        "/v3/users, IDENTITY, /v3/users", "/v3/users/ID, IDENTITY, /v3/users/{user}",
        "/v3/users/ID/face, MATCHING, /v3/users/{user}/face", "/v3/users/ID/tokens, IDENTITY, /v3/users/{user}/tokens",
        "/v3/users/ID/tokens/ID, IDENTITY, /v3/users/{user}/tokens/{token}", "/v3/devices, DEVICE, /v3/devices",
        "/v3/devices/ID, DEVICE, /v3/devices/{device}", "/v3/devices/ID/keys, DEVICE, /v3/devices/{device}/keys",
        "/v3/devices/ID/keys/ID, DEVICE, /v3/devices/{device}/keys/{key}", "/v3/models, INFERENCE, /v3/models",
        "/v3/models/face_detector_5M, INFERENCE, /v3/models/{model}", "/v3/pipelines, PIPELINE, /v3/pipelines",
        "/v3/pipelines/ID, PIPELINE, /v3/pipelines/{pipeline}",
                "/v3/pipelines/verify, PIPELINE, /v3/pipelines/{pipeline}",
        "/v3/insights/recognitions, PIPELINE, /v3/insights/recognitions"
    })
    void everyPathLeadsToItsOwner(String path, Service service, String template) {
        Route route = admit("GET", path.replace("ID", ID)).route();

        assertThat(route.service()).isEqualTo(service);
        assertThat(route.template()).isEqualTo(template);
    }

    @ParameterizedTest
    @DisplayName("B2: a malformed id is 404 before the method is judged")
    @ValueSource(
            strings = {
                "/v3/users/abc",
                "/v3/users/0190ed33-2084-76c8-8222-142040abd5fg",
                "/v3/models/a b",
                "/v3/models/.."
            })
    void aMalformedIdIs404(String path) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> admit("BREW", path));

        assertThat(refusal.status()).isEqualTo(404);
        assertThat(refusal.error()).isEqualTo("BAD_RESOURCE");
    }

    @Test
    @DisplayName("B2: a UUID in upper case is a UUID")
    void upperCaseIsAUuid() {
        assertThat(admit("GET", "/v3/users/" + ID.toUpperCase(java.util.Locale.ROOT))
                        .route()
                        .service())
                .isEqualTo(Service.IDENTITY);
    }

    @ParameterizedTest
    @DisplayName("B3, B10: each kind of body knows its types")
    @CsvSource({
        "JSON, application/json, true",
        "JSON, Application/JSON; charset=utf-8, true",
        "JSON, text/json, false",
        "JSON, application/merge-patch+json, false",
        "JSON, '', false",
        "JSON, application/jsonx, false",
        "PATCH, application/merge-patch+json, true",
        "PATCH, application/json;charset=utf-8, true",
        "PATCH, application/json-patch+json, false",
        "SOURCE, text/javascript, true",
        "SOURCE, application/javascript; charset=utf-8, true",
        "SOURCE, text/plain, false",
        "IMAGES, multipart/form-data; boundary=x, true",
        "IMAGES, multipart/form-data, false",
        "IMAGES, image/jpeg, false",
        "IMAGES, multipart/mixed; boundary=x, false",
        "OPTIONAL, x/y, true",
        "NONE, x/y, true"
    })
    void eachKindOfBodyKnowsItsTypes(BodyKind kind, String type, boolean good) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", type);

        ApiException refusal = catchThrowableOfType(ApiException.class, () -> kind.check(headers));

        assertThat(refusal == null).isEqualTo(good);
        if (refusal != null) {
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.error()).isEqualTo("BAD_REQUEST");
        }
    }

    @Test
    @DisplayName("B3: a missing type and two types are refused, except where none is needed")
    void missingAndDoubleTypesAreRefused() {
        MultiMap twice = MultiMap.caseInsensitiveMultiMap()
                .add("Content-Type", "application/json")
                .add("Content-Type", "application/json");

        assertThat(catchThrowableOfType(ApiException.class, () -> BodyKind.JSON.check(twice))
                        .status())
                .isEqualTo(400);
        MultiMap none = MultiMap.caseInsensitiveMultiMap();
        assertThat(catchThrowableOfType(ApiException.class, () -> BodyKind.JSON.check(none))
                        .status())
                .isEqualTo(400);
        BodyKind.OPTIONAL.check(none);
    }
}
