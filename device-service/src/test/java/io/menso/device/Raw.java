package io.menso.device;

import io.menso.testing.InternalTokens;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Requests without a Content-Type, which REST Assured would add.
final class Raw {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Raw() {}

    static HttpResponse<String> send(String method, String path, String customer, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .header("Authorization", "Bearer " + InternalTokens.system(customer, "production"))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
