package io.menso.matching.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.ExceptionMappers;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DatabaseFailuresTest {

    private final DatabaseFailures failures = new DatabaseFailures(new ExceptionMappers());

    private static PgException postgres(String state) {
        return new PgException("message", "ERROR", state, "detail");
    }

    @Test
    @DisplayName("B13: a database that is away or stops is 503 with Retry-After")
    void away() {
        for (Response response : new Response[] {
            failures.connect(new ConnectException("refused")),
            failures.refused(postgres("57P01")),
            failures.refused(postgres("53300")),
            failures.refused(postgres("08006"))
        }) {
            assertThat(response.getStatus()).isEqualTo(503);
            assertThat(response.getHeaderString("Retry-After")).isNotBlank();
        }
    }

    @Test
    void aFaultOfOursIsStillAFault() {
        assertThat(failures.refused(postgres("42601")).getStatus()).isEqualTo(500);
    }
}
