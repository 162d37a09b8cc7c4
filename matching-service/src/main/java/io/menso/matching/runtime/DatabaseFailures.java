package io.menso.matching.runtime;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.ExceptionMappers;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// A database that is away is a part of the suite that is down: 503, not 500 (B13).
public class DatabaseFailures {

    private static final Logger LOG = Logger.getLogger(DatabaseFailures.class);
    /// SQL state classes: connection, resources, operator intervention (shutdown).
    private static final Set<String> AWAY = Set.of("08", "53", "57");

    private final ExceptionMappers others;

    @Inject
    public DatabaseFailures(ExceptionMappers others) {
        this.others = others;
    }

    @ServerExceptionMapper(priority = 1)
    public Response connect(ConnectException e) {
        return unavailable(e);
    }

    @ServerExceptionMapper(priority = 1)
    public Response closed(VertxException e) {
        return unavailable(e);
    }

    @ServerExceptionMapper(priority = 1)
    public Response refused(PgException e) {
        String state = String.valueOf(e.getSqlState());
        return state.length() == 5 && AWAY.contains(state.substring(0, 2)) ? unavailable(e) : others.unexpected(e);
    }

    private Response unavailable(Exception e) {
        LOG.warnf("database cannot be reached: reason=%s", e.toString());
        return others.api(ApiException.unavailable("The database cannot be reached"));
    }
}
