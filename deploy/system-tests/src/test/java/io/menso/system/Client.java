package io.menso.system;

import static io.restassured.RestAssured.given;

import io.menso.local.api.Credentials;
import io.menso.local.api.Multipart;
import io.menso.local.api.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A user of the API with one key.
///
/// @param url      address of the API
/// @param customer handle of the customer
/// @param kid      id of the key
/// @param secret   its secret in Base64
record Client(String url, String customer, String kid, String secret) {

    private static final Duration LIFE = Duration.ofMinutes(5);

    static Client production(Credentials credentials) {
        return new Client(
                credentials.url(),
                credentials.customer(),
                credentials.production().kid(),
                credentials.production().secret());
    }

    static Client staging(Credentials credentials) {
        return new Client(
                credentials.url(),
                credentials.customer(),
                credentials.staging().kid(),
                credentials.staging().secret());
    }

    /// The default customer's back-end.
    static Client backend() {
        return production(RunningSuite.get().credentials());
    }

    String token() {
        return Tokens.caller(URI.create(url), customer, kid, secret, LIFE, Clock.systemUTC());
    }

    /// A request with a valid token.
    RequestSpecification request() {
        return given().baseUri(url).header("Authorization", "Bearer " + token());
    }

    /// A request with JSON.
    RequestSpecification json(Object body) {
        return request().contentType("application/json").body(body);
    }

    /// A request with pictures.
    RequestSpecification images(List<Multipart.Image> images) {
        RequestSpecification request = request();
        for (Multipart.Image image : images) {
            String type = image.name().endsWith(".png")
                    ? "image/png"
                    : image.name().endsWith(".jp2") ? "image/jp2" : "image/jpeg";
            request.multiPart("file", image.name(), image.bytes(), type);
        }
        return request;
    }

    String newUser(String name) {
        return created(json(Map.of("display_name", name)).post("/v3/users"));
    }

    /// A token in a gallery, in seconds from now.
    String newToken(String user, String gallery, long from, long through) {
        long now = Instant.now().getEpochSecond();
        return created(json(Map.of(
                        "valid_from", now + from,
                        "valid_through", now + through,
                        "metadata", Map.of("gallery", gallery)))
                .post("/v3/users/" + user + "/tokens"));
    }

    String newDevice(String gallery) {
        return created(
                json(Map.of("display_name", "tablet " + UUID.randomUUID(), "metadata", Map.of("gallery", gallery)))
                        .post("/v3/devices"));
    }

    /// A client with a new key of a device.
    Client deviceKey(String device) {
        Response key = request().post("/v3/devices/" + device + "/keys");
        key.then().statusCode(201);
        return new Client(url, customer, key.path("uuid"), key.path("secret"));
    }

    Response enrol(String user, Multipart.Image... images) {
        return images(List.of(images)).post("/v3/pipelines/enroll_face?user_id=" + user);
    }

    Response identify(Multipart.Image... images) {
        return images(List.of(images)).post("/v3/pipelines/identify");
    }

    /// Ids of the users that identify finds.
    List<String> identified(Multipart.Image... images) {
        Response response = identify(images);
        response.then().statusCode(200);
        return response.path("users.uuid");
    }

    Response verify(String user, Multipart.Image image) {
        return images(List.of(image)).post("/v3/pipelines/verify?user_id=" + user);
    }

    /// The same key with another secret.
    Client withSecret(byte[] other) {
        return new Client(url, customer, kid, Base64.getEncoder().encodeToString(other));
    }

    private static String created(Response response) {
        response.then().statusCode(201);
        return response.path("uuid");
    }
}
