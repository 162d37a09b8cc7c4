package io.menso.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortPlanTest {

    @TempDir
    Path directory;

    @Test
    void keepsItsPortsFromOneRunToTheNext() {
        PortPlan plan = new PortPlan(directory.resolve("ports.json"));
        int port = plan.of("kafka");
        plan.save();

        assertThat(new PortPlan(directory.resolve("ports.json")).of("kafka")).isEqualTo(port);
    }

    @Test
    void takesAnotherPortWhenSomebodyElseListens() throws Exception {
        PortPlan plan = new PortPlan(directory.resolve("ports.json"));
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            plan.set("kafka", other.getLocalPort());

            plan.renewIfTaken("kafka");

            assertThat(plan.of("kafka")).isNotEqualTo(other.getLocalPort());
        }
    }

    @Test
    void keepsAFreePort() {
        PortPlan plan = new PortPlan(directory.resolve("ports.json"));
        int port = plan.of("kafka");

        plan.renewIfTaken("kafka");

        assertThat(plan.of("kafka")).isEqualTo(port);
    }
}
