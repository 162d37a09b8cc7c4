package io.menso.pipeline;

import static io.restassured.RestAssured.given;

import io.menso.testing.InternalTokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/// Requests as the gateway passes them on.
public final class Api {

    public static final byte[] PICTURE = {1, 2, 3};

    private Api() {}

    /// A customer that no other test uses.
    public static String customer() {
        return "c-" + UUID.randomUUID();
    }

    public static RequestSpecification as(String customer) {
        return given().header("Authorization", "Bearer " + InternalTokens.system(customer, "production"));
    }

    public static RequestSpecification asDevice(String customer, UUID device, String gallery) {
        return given().header(
                        "Authorization", "Bearer " + InternalTokens.device(customer, "production", device, gallery));
    }

    public static ValidatableResponse post(String customer, String source) {
        return as(customer)
                .contentType("text/javascript; charset=UTF-8")
                .body(source.getBytes(StandardCharsets.UTF_8))
                .post("/v3/pipelines")
                .then();
    }

    /// Stores a pipeline.
    ///
    /// @return its uuid
    public static String store(String customer, String source) {
        return post(customer, source).statusCode(201).extract().path("uuid");
    }

    /// Stores a pipeline and executes it on one picture.
    public static ValidatableResponse run(String customer, String source) {
        return execute(as(customer), store(customer, source));
    }

    public static ValidatableResponse execute(RequestSpecification request, String pipeline) {
        return request.multiPart("file", "a.jpg", PICTURE, "image/jpeg")
                .post("/v3/pipelines/" + pipeline)
                .then();
    }
}
