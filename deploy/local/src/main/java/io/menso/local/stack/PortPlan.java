package io.menso.local.stack;

import io.menso.local.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Which port serves what. Once picked, a port stays, as long as nobody else took it.
final class PortPlan {

    private final Path file;
    private final Map<String, Integer> ports = new TreeMap<>();

    PortPlan(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            Json.MAPPER
                    .convertValue(Json.read(file, Map.class), Map.class)
                    .forEach((name, port) -> ports.put(String.valueOf(name), ((Number) port).intValue()));
        }
    }

    /// The port of a use, picked when there is none yet.
    synchronized int of(String use) {
        return ports.computeIfAbsent(use, ignored -> unused());
    }

    /// Fixes the port of a use.
    synchronized void set(String use, int port) {
        ports.put(use, port);
    }

    /// Picks another port when somebody else listens at this one. To be asked only while its own user is down.
    synchronized void renewIfTaken(String use) {
        if (!isFree(of(use))) {
            ports.put(use, unused());
        }
    }

    synchronized void save() {
        Json.save(file, ports);
    }

    private int unused() {
        int port = Ports.free();
        while (ports.containsValue(port)) {
            port = Ports.free();
        }
        return port;
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
