package io.menso.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The broker as a process of its own: `KafkaMain <directory> <broker port> <controller port> <ready file>`.
///
/// It writes the ready file once it accepts clients and all topics exist, and shuts down cleanly on SIGTERM.
public final class KafkaMain {

    private KafkaMain() {}

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        Path directory = Path.of(arguments[0]);
        Path ready = Path.of(arguments[3]);
        KafkaNode node = KafkaNode.start(directory, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close, "kafka-shutdown"));
        Files.writeString(ready, node.bootstrapServers());
        System.out.println("ready at " + node.bootstrapServers());
        Thread.currentThread().join();
    }
}
