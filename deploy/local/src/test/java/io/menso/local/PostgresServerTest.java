package io.menso.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir
    Path directory;

    @Test
    void servesAfterItsStartAndStopsWhenClosed() throws Exception {
        PostgresServer server = PostgresServer.startForTests(directory);
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select version()")) {
            result.next();
            assertThat(result.getString(1)).startsWith("PostgreSQL 18");
        }

        server.close();

        assertThat(server.isReady()).isFalse();
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    }

    @Test
    void keepsItsDataFromOneStartToTheNext() throws Exception {
        try (PostgresServer server = PostgresServer.startForTests(directory);
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept (id int)");
        }

        try (PostgresServer server = PostgresServer.startForTests(directory);
                Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from kept")) {
            assertThat(result.next()).isTrue();
        }
    }

    @Test
    void startsAlthoughAnotherProgramNowHasTheNumberOfAKilledServer() throws Exception {
        PostgresServer.startForTests(directory).close();
        Files.writeString(
                directory.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n/x\n0\n1\n\n\n");

        try (PostgresServer server = PostgresServer.startForTests(directory)) {
            assertThat(server.isReady()).isTrue();
        }
    }

    @Test
    void startsAgainAfterItWasKilled() throws Exception {
        PostgresServer killed = PostgresServer.startForTests(directory);
        try (Connection connection = killed.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept (id int)");
            statement.execute("checkpoint");
        }
        long pid = Long.parseLong(Files.readAllLines(directory.resolve("data/postmaster.pid"))
                .getFirst()
                .strip());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        try (PostgresServer server = PostgresServer.startForTests(directory);
                Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("select * from kept")).isTrue();
        }
    }
}
