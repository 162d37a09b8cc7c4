package io.menso.pinot.node;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a process is told: arguments of the form `name=value`.
///
/// @param name      tells it from others of its cluster; to be kept between starts
/// @param roles     what it is, of `zookeeper`, `controller`, `broker`, `server`
/// @param directory where its data lie
/// @param ready     file that it writes once it serves
/// @param guarded   whether it ends when its standard input ends: a test's process
/// @param leftovers directory that it deletes when it ends in that way
/// @param ports     by name: `zookeeper`, `controller`, `broker`, `server`, `server-admin`
record NodeSettings(
        String name,
        List<String> roles,
        Path directory,
        Path ready,
        boolean guarded,
        Optional<Path> leftovers,
        Map<String, Integer> ports) {

    private static final List<String> PORTS = List.of("zookeeper", "controller", "broker", "server", "server-admin");

    static NodeSettings parse(String[] arguments) {
        Map<String, String> values = Arrays.stream(arguments)
                .map(argument -> argument.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new NodeSettings(
                required(values, "name"),
                List.of(required(values, "roles").split(",")),
                Path.of(required(values, "directory")),
                Path.of(required(values, "ready")),
                Boolean.parseBoolean(values.getOrDefault("guarded", "false")),
                Optional.ofNullable(values.get("leftovers")).map(Path::of),
                PORTS.stream()
                        .filter(values::containsKey)
                        .collect(Collectors.toMap(name -> name, name -> Integer.valueOf(values.get(name)))));
    }

    boolean has(String role) {
        return roles.contains(role);
    }

    int port(String name) {
        Integer port = ports.get(name);
        if (port == null) {
            throw new IllegalArgumentException("missing argument: " + name + "=<port>");
        }
        return port;
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("missing argument: " + name + "=...");
        }
        return value;
    }
}
