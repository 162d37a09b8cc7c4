package io.menso.pipeline.run;

import static io.menso.pipeline.Api.PICTURE;
import static io.menso.pipeline.Api.as;
import static io.menso.pipeline.Api.customer;
import static io.menso.pipeline.Api.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.menso.pipeline.PipelineServers;
import io.menso.testing.InternalTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PipelineServers.class)
class UploadResourceTest {

    private final String customer = customer();

    @Inject
    MeterRegistry meters;

    @Test
    @DisplayName("A file name of thousands of characters is answered and reaches the script as it was sent")
    void answersLongNames() {
        String uuid = store(customer, "async (api, body) => body[0].name.length");
        as(customer)
                .multiPart("file", "n".repeat(7000), PICTURE, "image/jpeg")
                .post("/v3/pipelines/" + uuid)
                .then()
                .statusCode(200)
                .body(equalTo("7000"));
    }

    @Test
    @DisplayName("Design rule 7: a body that does not arrive in time is 400, and its memory is free again")
    void limitsTheTime() throws Exception {
        String uuid = store(customer, "async () => 1");
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(60_000);
            String head = "POST /v3/pipelines/" + uuid + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + InternalTokens.system(customer, "production") + "\r\nContent-Length: 1000000\r\n"
                    + "Content-Type: multipart/form-data; boundary=XX\r\n\r\n--XX\r\nContent-Disposition: form-data";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> held() > 0);
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            assertThat(status).startsWith("HTTP/1.1 400");
            assertThat(held()).isZero();
        }
    }

    private double held() {
        return meters.get("menso.pipeline.upload.bytes").gauge().value();
    }
}
