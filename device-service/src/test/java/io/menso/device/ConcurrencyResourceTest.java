package io.menso.device;

import static io.menso.device.Customers.as;
import static io.menso.device.Customers.device;
import static io.menso.device.Customers.fresh;
import static io.menso.device.Customers.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.menso.device.Customers.Key;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DeviceServers.class)
class ConcurrencyResourceTest {

    private final String customer = fresh();

    @Inject
    Database database;

    @Test
    @DisplayName("D3: Parallel patches of different members lose nothing")
    void losesNothing() throws Exception {
        String device = device(customer, "g");
        List<Integer> answers = Parallel.run(20, i -> patch(device, "{\"metadata\":{\"m" + i + "\":" + i + "}}"));
        assertThat(answers).containsOnly(200);
        Map<String, Object> metadata = as(customer).get("/v3/devices/" + device).path("metadata");
        assertThat(metadata).hasSize(21).containsEntry("m0", 0).containsEntry("m19", 19);
    }

    @RepeatedTest(5)
    @DisplayName("A9: A deletion that races with new keys leaves no key, and answers nothing but 201, 204 and 404")
    void deletesCleanly() throws Exception {
        String device = device(customer, "g");
        List<Integer> answers = Parallel.run(
                8,
                i -> i == 3
                        ? as(customer).delete("/v3/devices/" + device).statusCode()
                        : as(customer).post("/v3/devices/" + device + "/keys").statusCode());
        assertThat(answers).containsOnlyOnce(204).isSubsetOf(201, 204, 404);
        assertThat(database.count("select count(*) from access_keys where customer = ?", customer))
                .isZero();
    }

    @RepeatedTest(3)
    @DisplayName("Patches, key deletions and a device deletion at once are 200, 204 or 404, never 500")
    void mixesCleanly() throws Exception {
        String device = device(customer, "g");
        Key key = key(customer, device);
        List<Integer> answers = Parallel.run(9, i -> switch (i % 3) {
            case 0 -> patch(device, "{\"metadata\":{\"gallery\":\"g" + i + "\"}}");
            case 1 ->
                as(customer)
                        .delete("/v3/devices/" + device + "/keys/" + key.uuid())
                        .statusCode();
            default -> as(customer).delete("/v3/devices/" + device).statusCode();
        });
        assertThat(answers).isSubsetOf(200, 204, 404);
    }

    private int patch(String device, String body) {
        return as(customer)
                .contentType(ContentType.JSON)
                .body(body)
                .patch("/v3/devices/" + device)
                .statusCode();
    }
}
