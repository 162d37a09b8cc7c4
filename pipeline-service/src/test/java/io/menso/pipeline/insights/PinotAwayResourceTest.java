package io.menso.pipeline.insights;

import static io.menso.pipeline.Api.as;
import static io.menso.pipeline.Api.customer;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.menso.pipeline.PipelineServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PipelineServers.class)
class PinotAwayResourceTest {

    private static final String INSIGHTS = "/v3/insights/recognitions";

    @Test
    @DisplayName("B13: while Pinot is away it is 503 that says what to start, after the parameters were checked")
    void saysWhatToStart() {
        as(customer())
                .get(INSIGHTS + "?group_by=hour")
                .then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("error", equalTo("UNAVAILABLE"))
                .body("reason", containsString("./menso up --pinot"));
        as(customer()).get(INSIGHTS + "?limit=0").then().statusCode(400);
    }
}
