package io.menso.local.pinot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Command lines of Pinot's processes. They have a class path of their own, which the module `deploy/pinot-node`
/// writes when it is built: Pinot's libraries are too old to stand beside anything else.
public final class PinotProgram {

    /// All that a cluster consists of.
    public static final List<String> ALL_ROLES = List.of("zookeeper", "controller", "broker", "server");

    /// All but what holds the data.
    public static final List<String> HEAD_ROLES = List.of("zookeeper", "controller", "broker");

    private static final String MAIN = "io.menso.pinot.node.PinotMain";

    private final Path build;

    /// @param root the checkout
    public PinotProgram(Path root) {
        this.build = root.resolve("deploy/pinot-node/target");
    }

    /// Whether it was built.
    public boolean isBuilt() {
        return Files.exists(libraries());
    }

    /// The JVM with its options. It keeps its optimising compiler: only that one uses the processor's AES, without
    /// which
    /// a search takes some twenty times as long.
    ///
    /// @param heap largest Java heap, for example `320m`; mapped data come on top
    /// @param key  file with the key that opens templates
    public static List<String> jvm(String heap, Path key) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + heap,
                "-Xss512k",
                "-Dlog4j2.configurationFile=menso-pinot-log4j2.xml",
                "-Dmenso.pinot.key-file=" + key,
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED"));
        // What Pinot's libraries of 2022 reach into on a JVM of today.
        for (String name : List.of("nio", "lang", "lang.reflect", "net", "util")) {
            command.add("--add-opens=java.base/java." + name + "=ALL-UNNAMED");
        }
        command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");
        command.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");
        return List.copyOf(command);
    }

    /// What follows the JVM's options.
    ///
    /// @param name      tells a process from others of its cluster; data belong to it
    /// @param directory where its data lie
    /// @param ready     file that it writes once it serves
    /// @param ports     by name: `zookeeper`, `controller`, `broker`, `server`, `server-admin`, as its roles
    ///                  need them
    public List<String> arguments(
            String name, List<String> roles, Path directory, Path ready, Map<String, Integer> ports) {
        List<String> arguments = new ArrayList<>(List.of("-cp", classPath(), MAIN, "name=" + name));
        arguments.add("roles=" + String.join(",", roles));
        arguments.add("directory=" + directory);
        arguments.add("ready=" + ready);
        ports.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(port -> arguments.add(port.getKey() + "=" + port.getValue()));
        return List.copyOf(arguments);
    }

    private String classPath() {
        try {
            return build.resolve("classes") + ":" + Files.readString(libraries());
        } catch (IOException e) {
            throw new UncheckedIOException("not built: " + build, e);
        }
    }

    private Path libraries() {
        return build.resolve("libraries");
    }
}
