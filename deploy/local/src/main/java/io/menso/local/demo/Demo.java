package io.menso.local.demo;

import io.menso.local.api.ApiClient;
import io.menso.local.api.Credentials;
import io.menso.local.api.Multipart;
import io.menso.local.stack.LauncherException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/// Registers and recognises a person who does not exist, step by step, and leaves nothing behind.
public final class Demo {

    private static final String FACE_OF = "/v3/pipelines/";

    private final Credentials credentials;
    private final Consumer<String> out;
    private int step;

    /// @param out receives a line for each step
    public Demo(Credentials credentials, Consumer<String> out) {
        this.credentials = credentials;
        this.out = out;
    }

    /// @throws LauncherException when a step does not end as it should
    public void run() {
        SortedMap<String, List<Multipart.Image>> persons = Pictures.byPerson();
        List<Multipart.Image> known = persons.firstEntry().getValue();
        List<Multipart.Image> stranger = persons.lastEntry().getValue();
        try (Gallery gallery = new Gallery(credentials)) {
            String user = timed("create a user", () -> gallery.addUser("Demo Person"));
            ApiClient device = timed("register a device with a key of its own", () -> gallery.addDevice("Demo tablet"));
            timed("give the user a token for the device's gallery", () -> {
                gallery.admit(user);
                return user;
            });
            timed("enrol the user's face", () -> gallery.enrol(user, known.subList(0, 1)));
            identify(device, user, known.get(1));
            verify(device, user, known.getLast());
            refuse(device, stranger.getFirst());
            out.accept("cleaning up: the user and the device are deleted");
        }
        out.accept("success: the face was recognised, the stranger was not");
    }

    private void identify(ApiClient device, String user, Multipart.Image frame) {
        ApiClient.Answer answer =
                device.post(FACE_OF + "identify", List.of(frame)).expect(200);
        double score = StreamSupport.stream(answer.body().path("users").spliterator(), false)
                .filter(match -> match.path("uuid").asText().equals(user))
                .mapToDouble(match -> match.path("score").asDouble())
                .findFirst()
                .orElseThrow(() -> new LauncherException("the person was not recognised: " + answer.body()));
        report("identify from the device, another picture", answer.millis(), score);
    }

    private void verify(ApiClient device, String user, Multipart.Image frame) {
        ApiClient.Answer answer =
                device.post(FACE_OF + "verify?user_id=" + user, List.of(frame)).expect(200);
        report(
                "verify against the user, a third picture",
                answer.millis(),
                answer.body().path("score").asDouble());
    }

    private void refuse(ApiClient device, Multipart.Image frame) {
        ApiClient.Answer answer =
                device.post(FACE_OF + "identify", List.of(frame)).expect(200);
        if (!answer.body().path("users").isEmpty()) {
            throw new LauncherException("a stranger was recognised: " + answer.body());
        }
        report("identify a stranger: nobody is found", answer.millis(), Double.NaN);
    }

    private <T> T timed(String what, java.util.function.Supplier<T> action) {
        long start = System.nanoTime();
        T result = action.get();
        report(what, (System.nanoTime() - start) / 1e6, Double.NaN);
        return result;
    }

    private void report(String what, double millis, double score) {
        step++;
        String suffix = Double.isNaN(score) ? "" : String.format(Locale.ROOT, "   score %.3f", score);
        out.accept(String.format(Locale.ROOT, "%d. %-48s %7.1f ms%s", step, what, millis, suffix));
    }
}
