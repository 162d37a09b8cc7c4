package io.menso.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class LauncherIT {

    private final RunningSuite suite = RunningSuite.get();

    @Test
    void statusIsZeroAndNamesEightHealthyProcesses() {
        for (String name : new String[] {
            "gateway", "identity-service", "device-service", "inference-service",
            "pipeline-service", "matching-service", "postgres", "kafka"
        }) {
            assertThat(suite.state(name).path("healthy").asBoolean()).as(name).isTrue();
        }
        assertThat(suite.run("status").code()).isZero();
    }

    @Test
    void aSecondUpChangesNothing() {
        long pid = suite.state("gateway").path("pid").asLong();

        suite.menso("up");

        assertThat(suite.state("gateway").path("pid").asLong()).isEqualTo(pid);
    }

    @Test
    void twoCommandsAtOnceDoNotMeet() throws Exception {
        long pid = suite.state("gateway").path("pid").asLong();

        try (var two = java.util.concurrent.Executors.newFixedThreadPool(2)) {
            var first = two.submit(() -> suite.run("up").code());
            var second = two.submit(() -> suite.run("up").code());

            assertThat(first.get()).isZero();
            assertThat(second.get()).isZero();
        }

        assertThat(suite.state("gateway").path("pid").asLong()).isEqualTo(pid);
    }

    @Test
    void secretsAreForTheOwnerAlone() throws Exception {
        var ownerOnly = PosixFilePermissions.fromString("rw-------");
        assertThat(Files.getPosixFilePermissions(suite.home().resolve("credentials.json")))
                .isEqualTo(ownerOnly);
        assertThat(Files.getPosixFilePermissions(suite.home())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void demoRecognisesAndSucceeds() {
        Faces.assumeModels();

        assertThat(suite.menso("demo").output()).contains("score").contains("success");
    }

    @Test
    void tokenIsAcceptedByTheApi() {
        String token = suite.menso("token", "--staging").output().strip();

        io.restassured.RestAssured.given()
                .baseUri(suite.url())
                .header("Authorization", "Bearer " + token)
                .get("/v3/users")
                .then()
                .statusCode(200);
    }

    @Test
    void insightsSayWhatToStartWithoutPinot() {
        assumeThat(suite.owned()).as("a suite of its own, without Pinot").isTrue();

        RunningSuite.Outcome outcome = suite.run("insights", "--group-by", "hour");

        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.output()).contains("./menso up --pinot").doesNotContain("Exception");
    }

    @Test
    void unknownCommandsFailWithUsage() {
        RunningSuite.Outcome outcome = suite.run("frobnicate");

        assertThat(outcome.code()).isNotZero();
        assertThat(outcome.output()).contains("Usage");
    }
}
