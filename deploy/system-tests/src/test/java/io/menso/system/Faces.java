package io.menso.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.menso.local.api.Multipart;
import io.menso.local.demo.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Pictures to recognise.
final class Faces {

    private Faces() {}

    /// Pictures of one of the persons who do not exist, counted from 0.
    static List<Multipart.Image> person(int index) {
        return List.copyOf(Pictures.byPerson().values()).get(index);
    }

    /// A real photograph; the test is skipped where there are none.
    static Multipart.Image photo(String name) {
        Path file = RunningSuite.photos().resolve(name);
        assumeTrue(Files.exists(file), "real photographs are tested only where " + file + " exists");
        try {
            return new Multipart.Image(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Skips a test where a model that recognition needs is neither built in nor pulled.
    static void assumeModels() {
        int status = Client.backend().request().get("/v3/models/face_analysis").statusCode();
        assumeTrue(
                status == 200,
                "recognition is tested only where detector, liveness and embedding are there (menso models list)");
    }
}
