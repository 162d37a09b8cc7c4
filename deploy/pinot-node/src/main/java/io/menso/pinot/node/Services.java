package io.menso.pinot.node;

import java.util.HashMap;
import java.util.Map;
import org.apache.pinot.broker.broker.helix.HelixBrokerStarter;
import org.apache.pinot.controller.ControllerStarter;
import org.apache.pinot.server.starter.helix.HelixServerStarter;
import org.apache.pinot.spi.env.PinotConfiguration;
import org.apache.pinot.spi.services.ServiceStartable;

/// Pinot's own services with the settings that suit one machine.
final class Services {

    private static final String CLUSTER = "menso";
    private static final String LOOPBACK = "127.0.0.1";
    private static final String QUERY_MILLIS = "20000";

    private Services() {}

    static ServiceStartable controller(NodeSettings node) throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put("controller.zk.str", zooKeeper(node));
        settings.put("controller.helix.cluster.name", CLUSTER);
        settings.put("controller.host", LOOPBACK);
        settings.put("controller.port", node.port("controller"));
        settings.putAll(loopback("controller.access.protocols", node.port("controller")));
        settings.put(
                "controller.data.dir", node.directory().resolve("controller").toString());
        settings.put(
                "controller.local.temp.dir",
                node.directory().resolve("temporary").toString());
        return start(new ControllerStarter(), settings);
    }

    static ServiceStartable broker(NodeSettings node) throws Exception {
        Map<String, Object> settings = shared(node);
        settings.put("pinot.broker.id", "Broker_" + node.name());
        settings.put("pinot.broker.hostname", LOOPBACK);
        settings.put("pinot.broker.client.queryPort", node.port("broker"));
        settings.putAll(loopback("pinot.broker.client.access.protocols", node.port("broker")));
        settings.put("pinot.broker.timeoutMs", QUERY_MILLIS);
        // A server that is gone is left out at the first failed connection, not when its session has expired.
        settings.put("pinot.broker.failure.detector.type", "CONNECTION");
        settings.put("pinot.broker.failure.detector.retry.initial.delay.ms", "1000");
        // Nobody balances the load in front of a lone broker, so nobody has to notice that it goes.
        settings.put("pinot.broker.delayShutdownTimeMs", "0");
        // SQL holds ids of users; it belongs in no log.
        settings.put("pinot.broker.query.log.length", "0");
        return start(new HelixBrokerStarter(), settings);
    }

    static ServiceStartable server(NodeSettings node) throws Exception {
        Map<String, Object> settings = shared(node);
        // Data belong to this name; by default it would hold the port, and another port would lose them. Brokers read
        // host and port from a name until the server has told its own.
        settings.put("pinot.server.instance.id", "Server_" + node.name() + "_0");
        settings.put("pinot.server.netty.host", LOOPBACK);
        settings.put("pinot.server.netty.port", node.port("server"));
        settings.put("pinot.server.adminapi.port", node.port("server-admin"));
        settings.putAll(loopback("pinot.server.adminapi.access.protocols", node.port("server-admin")));
        settings.put("pinot.server.grpc.enable", "false");
        settings.put(
                "pinot.server.instance.dataDir",
                node.directory().resolve("data").toString());
        settings.put(
                "pinot.server.instance.segmentTarDir",
                node.directory().resolve("tar").toString());
        settings.put("pinot.server.query.executor.timeout", QUERY_MILLIS);
        // Rows that are being consumed lie in mapped files, not on a heap this small.
        settings.put("pinot.server.instance.realtime.alloc.offheap", "true");
        // A server that comes back answers only once it has read what it missed.
        settings.put("pinot.server.starter.enableRealtimeOffsetBasedConsumptionStatusChecker", "true");
        settings.put("pinot.server.starter.realtimeConsumptionCatchupWaitMs", "60000");
        settings.put("pinot.server.startup.serviceStatusCheckIntervalMs", "200");
        settings.put("pinot.server.startup.timeoutMs", "90000");
        settings.put("pinot.server.shutdown.enableQueryCheck", "false");
        return start(new HelixServerStarter(), settings);
    }

    private static Map<String, Object> shared(NodeSettings node) {
        return new HashMap<>(Map.of("pinot.zk.server", zooKeeper(node), "pinot.cluster.name", CLUSTER));
    }

    private static String zooKeeper(NodeSettings node) {
        return LOOPBACK + ":" + node.port("zookeeper");
    }

    private static Map<String, Object> loopback(String prefix, int port) {
        return Map.of(prefix, "http", prefix + ".http.host", LOOPBACK, prefix + ".http.port", port);
    }

    private static ServiceStartable start(ServiceStartable service, Map<String, Object> settings) throws Exception {
        service.init(new PinotConfiguration(settings));
        service.start();
        return service;
    }
}
