package io.menso.device;

import static io.menso.device.Customers.as;
import static io.menso.device.Customers.device;
import static io.menso.device.Customers.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(DeviceServers.class)
class DeviceListResourceTest {

    private final String customer = fresh();

    @Test
    @DisplayName("C1: Devices are listed in order of creation, also those of one millisecond")
    void listsInOrder() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            made.add(device(customer, "g" + i));
        }
        as(customer).get("/v3/devices").then().body("page", is(1)).body("devices", equalTo(made));
        assertThat(made).isSorted();
    }

    @ParameterizedTest
    @DisplayName("C1: page from 1 and per_page from 1 to 1000, otherwise 400")
    @ValueSource(
            strings = {
                "page=0",
                "page=-1",
                "page=a",
                "page=",
                "page=1.0",
                "per_page=0",
                "per_page=1001",
                "per_page=x",
                "page=1&page=2",
                "page=99999999999"
            })
    void refusesBadPages(String query) {
        as(customer).get("/v3/devices?" + query).then().statusCode(400).body("error", is("BAD_REQUEST"));
    }

    @Test
    @DisplayName("C2: Past the end is 200 with an empty array; Link is one field and names what there is")
    void links() {
        for (int i = 0; i < 5; i++) {
            device(customer, "g");
        }
        as(customer).get("/v3/devices?per_page=5").then().statusCode(200).header("Link", nullValue());
        String first = link("?per_page=2&x=y");
        assertThat(first)
                .contains("rel=\"first\"", "rel=\"next\"", "rel=\"last\"")
                .doesNotContain("rel=\"prev\"");
        assertThat(first).startsWith("<http://").contains("/v3/devices?", "x=y", "page=3");
        assertThat(link("?page=2&per_page=2")).contains("rel=\"prev\"", "rel=\"next\"");
        assertThat(link("?page=3&per_page=2")).contains("rel=\"prev\"").doesNotContain("rel=\"next\"");
        as(customer)
                .get("/v3/devices?page=999999999&per_page=1000")
                .then()
                .statusCode(200)
                .body("page", is(999999999))
                .body("devices", is(List.of()));
    }

    @Test
    @DisplayName("C2: Links name the host that the caller used")
    void linksToTheCallersHost() {
        device(customer, "g");
        device(customer, "g");
        as(customer)
                .header("X-Forwarded-Host", "api.example.com")
                .header("X-Forwarded-Proto", "https")
                .get("/v3/devices?per_page=1")
                .then()
                .header("Link", containsString("<https://api.example.com/v3/devices?per_page=1&page=2>; rel=\"next\""));
    }

    private String link(String query) {
        List<String> fields = as(customer)
                .get("/v3/devices" + query)
                .then()
                .statusCode(200)
                .extract()
                .headers()
                .getValues("Link");
        assertThat(fields).hasSize(1);
        return fields.getFirst();
    }
}
