package io.menso.local.demo;

import io.menso.local.api.ApiClient;
import io.menso.local.api.Credentials;
import io.menso.local.api.Multipart;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A gallery for a while: users with tokens in it and a device that looks at it. Closing it deletes all of
/// them.
public final class Gallery implements AutoCloseable {

    private static final int CREATED = 201;
    private static final long HOUR = 3600;

    private final String name = "demo-" + UUID.randomUUID();
    private final Credentials credentials;
    private final ApiClient backend;
    private final Deque<String> made = new ArrayDeque<>();

    public Gallery(Credentials credentials) {
        this.credentials = credentials;
        this.backend = ApiClient.production(credentials);
    }

    /// The customer's back-end, with its system key.
    public ApiClient backend() {
        return backend;
    }

    /// Registers a user.
    ///
    /// @return the id
    public String addUser(String displayName) {
        String user = backend.post("/v3/users", Map.of("display_name", displayName))
                .expect(CREATED)
                .uuid();
        made.push("/v3/users/" + user);
        return user;
    }

    /// Gives a user an hour in this gallery.
    public void admit(String user) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> token =
                Map.of("valid_from", now - 1, "valid_through", now + HOUR, "metadata", Map.of("gallery", name));
        backend.post("/v3/users/" + user + "/tokens", token).expect(CREATED);
    }

    /// Enrols a user's face.
    public ApiClient.Answer enrol(String user, List<Multipart.Image> images) {
        return backend.post("/v3/pipelines/enroll_face?user_id=" + user, images).expect(200);
    }

    /// Registers a device at this gallery with a key of its own.
    ///
    /// @return the device's view of the API
    public ApiClient addDevice(String displayName) {
        Map<String, Object> request = Map.of("display_name", displayName, "metadata", Map.of("gallery", name));
        String device = backend.post("/v3/devices", request).expect(CREATED).uuid();
        made.push("/v3/devices/" + device);
        ApiClient.Answer key =
                backend.post("/v3/devices/" + device + "/keys", Map.of()).expect(CREATED);
        return ApiClient.of(
                credentials.url(),
                credentials.customer(),
                key.uuid(),
                key.body().path("secret").asText());
    }

    @Override
    public void close() {
        while (!made.isEmpty()) {
            backend.delete(made.pop()).expect(204);
        }
    }
}
