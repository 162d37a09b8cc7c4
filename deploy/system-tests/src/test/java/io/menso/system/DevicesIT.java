package io.menso.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.restassured.response.Response;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DevicesIT {

    private final Client backend = Client.backend();

    @Test
    void deviceIsCreatedReadListedChangedAndDeleted() {
        String device = backend.newDevice("ISHIKAWA_1");
        String path = "/v3/devices/" + device;

        backend.request()
                .get("/v3/devices?per_page=1000")
                .then()
                .statusCode(200)
                .body("devices", hasItem(device));
        backend.request()
                .contentType("application/merge-patch+json")
                .body("{\"metadata\":{\"gallery\":\"ISHIKAWA_2\"}}")
                .patch(path)
                .then()
                .statusCode(200);
        backend.request().get(path).then().statusCode(200).body("metadata.gallery", equalTo("ISHIKAWA_2"));
        backend.request().delete(path).then().statusCode(204);
        backend.request().get(path).then().statusCode(404);
    }

    @Test
    @DisplayName("D11: GET of a key returns its secret again, 64 random bytes")
    void keys() {
        String path = "/v3/devices/" + backend.newDevice("KEYS") + "/keys";
        Response key = backend.request().post(path);
        key.then().statusCode(201);
        String id = key.path("uuid");
        String secret = key.path("secret");

        assertThat(Base64.getDecoder().decode(secret)).hasSize(64);
        backend.request().get(path).then().statusCode(200).body("keys", equalTo(List.of(id)));
        backend.request().get(path + "/" + id).then().statusCode(200).body("secret", equalTo(secret));
        backend.request().delete(path + "/" + id).then().statusCode(204);
        backend.request().get(path + "/" + id).then().statusCode(404);
    }

    @Test
    @DisplayName("D12: the eleventh key of a device is 400")
    void keyLimit() {
        String path = "/v3/devices/" + backend.newDevice("LIMIT") + "/keys";
        for (int count = 0; count < 10; count++) {
            backend.request().post(path).then().statusCode(201);
        }

        backend.request().post(path).then().statusCode(400).body("error", equalTo("BAD_REQUEST"));
    }

    @Test
    @DisplayName("A8: a device key may list models and run pipelines, and nothing else")
    void deviceKeyRights() {
        Client device = backend.deviceKey(backend.newDevice("RIGHTS"));

        device.request().get("/v3/models").then().statusCode(200);
        for (String path : List.of("/v3/users", "/v3/devices", "/v3/pipelines", "/v3/pipelines/identify")) {
            device.request().get(path).then().statusCode(401).body("error", equalTo("BAD_AUTH"));
        }
    }

    @Test
    @DisplayName("A9: a deleted key is refused on the next request")
    void deletedKey() {
        String device = backend.newDevice("REVOKED");
        Client tablet = backend.deviceKey(device);
        tablet.request().get("/v3/models").then().statusCode(200);

        backend.request()
                .delete("/v3/devices/" + device + "/keys/" + tablet.kid())
                .then()
                .statusCode(204);

        tablet.request().get("/v3/models").then().statusCode(401).body("error", equalTo("BAD_AUTH"));
    }

    @Test
    @DisplayName("A9: deleting a device deletes its keys")
    void deletedDevice() {
        String device = backend.newDevice("GONE");
        Client tablet = backend.deviceKey(device);
        tablet.request().get("/v3/models").then().statusCode(200);

        backend.request().delete("/v3/devices/" + device).then().statusCode(204);

        tablet.request().get("/v3/models").then().statusCode(401);
    }
}
