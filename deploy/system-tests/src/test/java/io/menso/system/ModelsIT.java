package io.menso.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.menso.local.api.Multipart;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The choice among models while the suite runs.
class ModelsIT {

    private static final Duration SECONDS = Duration.ofSeconds(60);

    private final RunningSuite suite = RunningSuite.get();
    private final List<Multipart.Image> anna = Faces.person(0);

    /// A line of `models list`.
    private record Listed(String name, String revision, String origin, String task, boolean inUse) {

        static Listed of(String line) {
            String[] columns = line.trim().split(" +");
            return new Listed(columns[0], columns[1], columns[2], columns[3], line.contains(" in use "));
        }
    }

    private List<Listed> listed() {
        return suite.menso("models", "list")
                .output()
                .lines()
                .filter(line -> line.contains(" pulled ") || line.contains(" built-in "))
                .map(Listed::of)
                .toList();
    }

    private Listed inUse(String task) {
        return listed().stream()
                .filter(model -> model.inUse() && model.task().equals(task))
                .findFirst()
                .orElseThrow();
    }

    /// Waits until the service uses what the list says.
    private void awaitInUse(Client client) {
        String revision = inUse("embedding").revision();
        Awaitility.await()
                .atMost(SECONDS)
                .until(() -> revision.equals(client.images(anna.subList(0, 1))
                        .post("/v3/models/face_analysis")
                        .<String>path("embedding.revision")));
    }

    @AfterEach
    void takeTheChoiceBack() throws IOException {
        if (Files.deleteIfExists(suite.home().resolve("models/preferred.yaml"))) {
            awaitInUse(Client.backend());
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        String embedding = inUse("embedding").name();

        RunningSuite.Outcome name = suite.run("models", "use", "face_embedding_999M", "latest");
        RunningSuite.Outcome revision = suite.run("models", "use", embedding, "0000000");

        assertThat(name.code()).isEqualTo(1);
        assertThat(name.output())
                .contains("there is no model face_embedding_999M")
                .contains(embedding);
        assertThat(revision.code()).isEqualTo(1);
        assertThat(revision.output())
                .contains(embedding + " has no revision 0000000")
                .contains("latest");
    }

    @Test
    @DisplayName("F2: the built-in models serve beside the pulled ones, by choice and without a restart")
    void builtInModelsByChoice() {
        List<Listed> builtIn = listed().stream()
                .filter(model -> model.origin().equals("built-in"))
                .toList();
        assumeTrue(
                builtIn.stream().anyMatch(model -> model.task().equals("embedding"))
                        && inUse("embedding").origin().equals("pulled"),
                "the choice is tested only where models are built in and others are pulled (menso models pull)");
        Client backend = Client.production(suite.newCustomer("models-" + UUID.randomUUID()));
        Listed former = inUse("embedding");
        String user = backend.newUser("Anna");
        backend.enrol(user, anna.getFirst()).then().statusCode(200);

        builtIn.forEach(model -> suite.menso("models", "use", model.name(), model.revision()));
        awaitInUse(backend);

        Listed current = inUse("embedding");
        assertThat(current.origin()).isEqualTo("built-in");
        backend.identify(anna.get(1))
                .then()
                .statusCode(404)
                .body("error", equalTo("BAD_RESOURCE"))
                .body("reason", containsString(former.revision()))
                .body("reason", containsString(current.revision()));
        backend.verify(user, anna.get(1)).then().statusCode(404);
        backend.images(anna.subList(1, 2))
                .post("/v3/models/" + former.name() + "?revision=" + former.revision())
                .then()
                .statusCode(200)
                .body("revision", equalTo(former.revision()));
        backend.enrol(user, anna.getFirst()).then().statusCode(200);
        assertThat(backend.identified(anna.get(1))).containsExactly(user);
        assertThat(suite.menso("demo").output()).contains("success");
    }
}
