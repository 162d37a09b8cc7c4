package io.menso.inference;

import static io.restassured.RestAssured.given;

import io.menso.testing.InternalTokens;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Builds a multipart body byte by byte, as a tablet would send it.
final class Multipart {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    Multipart file(String filename, String contentType, byte[] content) {
        return part("file", filename, contentType, content);
    }

    Multipart part(String name, String filename, String contentType, byte[] content) {
        write("--XXX\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + filename + "\"\r\n");
        if (!contentType.isEmpty()) {
            write("Content-Type: " + contentType + "\r\n");
        }
        write("\r\n");
        body.writeBytes(content);
        write("\r\n");
        return this;
    }

    ValidatableResponse post(String path) {
        return post(path, InternalTokens.system("acme", "production"));
    }

    ValidatableResponse post(String path, String token) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(body.toByteArray());
        whole.writeBytes("--XXX--\r\n".getBytes(StandardCharsets.US_ASCII));
        return raw(path, token, "multipart/form-data; boundary=XXX", whole.toByteArray());
    }

    static ValidatableResponse raw(String path, String token, String contentType, byte[] body) {
        RequestSpecification request = given().header("Authorization", "Bearer " + token);
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return request.body(body).post(path).then();
    }

    private void write(String text) {
        body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
