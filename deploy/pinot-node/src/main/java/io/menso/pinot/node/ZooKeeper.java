package io.menso.pinot.node;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.zookeeper.server.ServerConfig;
import org.apache.zookeeper.server.ZooKeeperServerMain;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;

/// A lone ZooKeeper on the loopback address.
final class ZooKeeper extends ZooKeeperServerMain implements AutoCloseable {

    private final ServerConfig settings = new ServerConfig();

    private ZooKeeper(Path directory, int port) throws Exception {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "dataDir", directory.toString(),
                "clientPort", Integer.toString(port),
                "clientPortAddress", "127.0.0.1",
                "admin.enableServer", "false",
                "maxClientCnxns", "0",
                "tickTime", "2000"));
        QuorumPeerConfig parsed = new QuorumPeerConfig();
        parsed.parseProperties(properties);
        settings.readFrom(parsed);
    }

    /// Starts it. It listens a moment later; its clients wait for that by themselves.
    static ZooKeeper start(Path directory, int port) throws Exception {
        ZooKeeper server = new ZooKeeper(directory, port);
        Thread thread = new Thread(server::serve, "zookeeper");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void serve() {
        try {
            runFromConfig(settings);
        } catch (Exception e) {
            PinotMain.fail("ZooKeeper", e);
        }
    }

    @Override
    public void close() {
        shutdown();
    }
}
