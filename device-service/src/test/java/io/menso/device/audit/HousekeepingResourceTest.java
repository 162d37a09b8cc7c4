package io.menso.device.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.device.Database;
import io.menso.device.DeviceServers;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DeviceServers.class)
class HousekeepingResourceTest {

    private static final String INSERT = "insert into audit_records (id, customer, environment, actor, action, object,"
            + " recorded_at) values (?, ?, 'production', 'a', 'b', 'c', now() - cast(? as interval))";

    @Inject
    Housekeeping housekeeping;

    @Inject
    Database database;

    @Test
    @DisplayName("Audit records older than the retention go, and younger ones stay")
    void forgetsInTime() throws Throwable {
        String customer = UUID.randomUUID().toString();
        database.update(INSERT, UUID.randomUUID(), customer, "366 days");
        database.update(INSERT, UUID.randomUUID(), customer, "364 days");
        VertxContextSupport.subscribeAndAwait(housekeeping::sweep);
        assertThat(database.count("select count(*) from audit_records where customer = ?", customer))
                .isEqualTo(1);
    }
}
