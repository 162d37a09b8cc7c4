package io.menso.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL server of one's own: its directory, the command that runs it, and how to reach it.
///
/// The command is the postmaster itself, so that its process id is the server's and it outlives its starter.
/// PostgreSQL refuses to run as root; there it runs in a user namespace of its own (`unshare -U`), as nobody.
public final class PostgresServer implements AutoCloseable {

    /// The superuser's name.
    public static final String SUPERUSER = "postgres";

    /// The superuser's password in tests.
    public static final String TEST_PASSWORD = "postgres";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path binaries;
    private final Path data;
    private final int port;
    private final String password;
    private final boolean durable;
    private @Nullable Process process;

    /// @param directory where the server's programs and data lie; made when missing
    /// @param port      on the loopback address
    /// @param password  of the superuser
    /// @param durable   false for tests: faster, and a crash of the machine may lose everything
    public PostgresServer(Path directory, int port, String password, boolean durable) {
        this.binaries = PostgresBinaries.install(directory.resolve("dist"));
        this.data = directory.resolve("data");
        this.port = port;
        this.password = password;
        this.durable = durable;
    }

    /// Starts a server for tests, which ends with [#close].
    ///
    /// @param directory where its programs and data lie
    public static PostgresServer startForTests(Path directory) throws IOException, InterruptedException {
        PostgresServer server = new PostgresServer(directory, Ports.free(), TEST_PASSWORD, false);
        server.initialise();
        server.process = new ProcessBuilder(server.command())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("postgres.log").toFile())
                .start();
        server.awaitReady(server.process::isAlive);
        return server;
    }

    public int port() {
        return port;
    }

    /// Makes the data directory unless there is one, and clears what a killed server left behind.
    public void initialise() throws IOException, InterruptedException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            removeStalePid();
            return;
        }
        PostgresBinaries.delete(data);
        Files.createDirectories(data.getParent());
        Path secret = Files.createTempFile(data.getParent(), "initdb", ".tmp");
        try {
            Files.writeString(secret, password);
            run(initdb(secret));
        } finally {
            Files.delete(secret);
        }
    }

    /// The postmaster.
    public List<String> command() {
        List<String> command = new ArrayList<>(prefix());
        command.add(binaries.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    /// JDBC address of a database.
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?connectTimeout=2&socketTimeout=10";
    }

    public boolean isReady() {
        try (Connection connection = connect()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            return false;
        }
    }

    /// A superuser's connection.
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl("postgres"), SUPERUSER, password);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (process != null && process.isAlive()) {
            run(List.of("kill", "-INT", Long.toString(process.pid())));
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private void awaitReady(java.util.function.BooleanSupplier alive) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (!alive.getAsBoolean() || System.nanoTime() > deadline) {
                throw new IOException("PostgreSQL does not start; its data lie in " + data);
            }
            Thread.sleep(25);
        }
    }

    private List<String> initdb(Path secret) {
        List<String> command = new ArrayList<>(prefix());
        command.add(binaries.resolve("bin/initdb").toString());
        command.addAll(List.of("-D", data.toString(), "-U", SUPERUSER, "--pwfile", secret.toString()));
        command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"));
        if (!durable) {
            command.add("--no-sync");
        }
        return command;
    }

    /// In a fixed order, because the launcher takes another command for a reason to restart.
    private SortedMap<String, String> settings() {
        SortedMap<String, String> settings = new TreeMap<>(Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "max_connections", "100",
                "shared_buffers", "32MB",
                "log_min_messages", "warning"));
        if (!durable) {
            settings.putAll(Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off"));
        }
        return settings;
    }

    /// A process id in `postmaster.pid` may belong to another program by now, or to a dead one that nobody has buried
    /// yet; both would keep the server from starting. The file also guards against children of a killed postmaster
    /// that still write, so it goes only when none is left.
    private void removeStalePid() throws IOException, InterruptedException {
        Path file = data.resolve("postmaster.pid");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (Files.exists(file) && isInUse()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("another PostgreSQL server uses " + data);
            }
            Thread.sleep(50);
        }
        Files.deleteIfExists(file);
    }

    /// Whether a living PostgreSQL process works in the data directory.
    private boolean isInUse() throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isLivingServer(process)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isLivingServer(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            return stat.contains("(postgres)")
                    && !stat.contains(") Z")
                    && Files.readSymbolicLink(process.resolve("cwd")).equals(data.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /// Besides root, PostgreSQL refuses users without a name, as containers often have.
    private static List<String> prefix() {
        boolean nameless = System.getProperty("user.name", "?").equals("?");
        return userId() == 0 || nameless ? List.of("unshare", "-U") : List.of();
    }

    private static int userId() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("command failed: " + String.join(" ", command) + "\n" + output);
        }
    }
}
