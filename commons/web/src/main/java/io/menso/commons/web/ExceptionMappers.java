package io.menso.commons.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.ClientWebApplicationException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/// The one place where failures become responses: every 4xx has `error` and `reason`, no 5xx says anything internal.
public class ExceptionMappers {

    private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);
    private static final int MAX_CHAIN = 20;

    /// The database or another service is away: its port refuses, its name is unknown, or it went silent (B13).
    /// The driver's exceptions are known by name, since not every service has a database.
    private static final Predicate<Throwable> UNREACHABLE = e -> e instanceof SocketException
            || e instanceof UnknownHostException
            || e instanceof ClosedChannelException
            || e instanceof TimeoutException
            || e instanceof HttpClosedException
            || e.getClass().getName().equals("io.vertx.sqlclient.ClosedConnectionException")
            || isServerGoing(e);

    @Inject
    public ExceptionMappers() {}

    @ServerExceptionMapper(priority = 1)
    public Response api(ApiException e) {
        if (e.status() >= 500) {
            LOG.warnf("request failed: status=%d reason=%s", e.status(), e.getMessage());
        } else {
            LOG.infof("request refused: status=%d error=%s reason=%s", e.status(), e.error(), e.getMessage());
        }
        Response.ResponseBuilder response = Response.status(e.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(e.body());
        e.headers().forEach(response::header);
        return response.build();
    }

    @ServerExceptionMapper(priority = 1)
    public Response json(JsonProcessingException e) {
        return api(cause(e, ApiException.class).orElseGet(() -> ApiException.badRequest(describe(e))));
    }

    /// Named apart because Quarkus brings a mapper of its own for this class, which a more general one cannot replace.
    @ServerExceptionMapper(priority = 1)
    public Response mismatch(MismatchedInputException e) {
        return json(e);
    }

    @ServerExceptionMapper(priority = 1)
    public Response unauthorized(UnauthorizedException e) {
        return api(new ApiException(
                401, ApiException.BAD_AUTH, "A valid token is required", Map.of("WWW-Authenticate", "Bearer")));
    }

    @ServerExceptionMapper(priority = 1)
    public Response unauthenticated(AuthenticationFailedException e) {
        return api(ApiException.notAllowed("The token is not valid"));
    }

    @ServerExceptionMapper(priority = 1)
    public Response forbidden(ForbiddenException e) {
        return api(ApiException.notAllowed("This key may not call this endpoint"));
    }

    @ServerExceptionMapper(priority = 1)
    public Response http(WebApplicationException e, ContainerRequestContext request) {
        Optional<JsonProcessingException> unreadable = cause(e, JsonProcessingException.class);
        if (unreadable.isPresent() && e.getResponse().getStatus() < 500) {
            return json(unreadable.get());
        }
        return switch (e) {
            case ClientWebApplicationException _ -> api(ApiException.unavailable("Another service refused"));
            case NotFoundException _ -> api(ApiException.notFound("This resource"));
            case NotAllowedException _ -> notAllowed(request);
            case NotSupportedException _ ->
                api(ApiException.badRequest("Content-Type is missing or not supported here"));
            case NotAcceptableException _ -> api(ApiException.badRequest("Accept cannot be satisfied"));
            default -> other(e);
        };
    }

    @ServerExceptionMapper(priority = 1)
    public Response unexpected(Throwable e) {
        Optional<ApiException> wrapped = cause(e, ApiException.class);
        if (wrapped.isPresent()) {
            return api(wrapped.get());
        }
        if (chain(e).anyMatch(UNREACHABLE)) {
            LOG.warnf("request failed, something is away: reason=%s", e);
            return api(ApiException.unavailable("A part of the service cannot be reached"));
        }
        LOG.error("request failed unexpectedly", e);
        return api(new ApiException(500, "INTERNAL", "Something went wrong on our end"));
    }

    /// The framework knows what the resource supports but leaves it out of its own answer (B7).
    private Response notAllowed(ContainerRequestContext request) {
        Map<String, String> headers = request instanceof ResteasyReactiveContainerRequestContext reactive
                        && reactive.getServerRequestContext() instanceof ResteasyReactiveRequestContext context
                ? Map.of(HttpHeaders.ALLOW, allowed(context))
                : Map.of();
        return api(
                new ApiException(405, ApiException.BAD_REQUEST, "This resource does not support the method", headers));
    }

    private static String allowed(ResteasyReactiveRequestContext context) {
        var match = new RequestMapper<>(context.getDeployment().getClassMappers()).map(context.getPathWithoutPrefix());
        if (match == null) {
            return "";
        }
        String path = match.remaining.isEmpty() ? "/" : match.remaining;
        TreeSet<String> methods = Arrays.stream(match.value.handlers)
                .filter(ClassRoutingHandler.class::isInstance)
                .flatMap(handler -> ((ClassRoutingHandler) handler).getMappers().entrySet().stream())
                .filter(mapper -> mapper.getKey() != null && mapper.getValue().map(path) != null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }

    private Response other(WebApplicationException e) {
        int status = e.getResponse().getStatus();
        if (status >= 500) {
            return unexpected(e);
        }
        if (status == 413) {
            return api(ApiException.tooLarge("The body is too large"));
        }
        return api(new ApiException(status, ApiException.BAD_REQUEST, "The request is malformed"));
    }

    /// PostgreSQL says that it stops, starts, or has no connection left.
    private static boolean isServerGoing(Throwable e) {
        return e.getClass().getName().equals("io.vertx.pgclient.PgException")
                && String.valueOf(e.getMessage()).matches("(?s).*\\((57P0[1-3]|53300)\\).*");
    }

    private static Stream<Throwable> chain(Throwable e) {
        return Stream.iterate(e, next -> next != null, Throwable::getCause).limit(MAX_CHAIN);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
        return chain(e).filter(type::isInstance).map(type::cast).findFirst();
    }

    static String describe(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            String path = mapping.getPath().stream()
                    .map(reference -> reference.getFieldName() == null
                            ? "[" + reference.getIndex() + "]"
                            : reference.getFieldName())
                    .collect(Collectors.joining("."));
            return "JSON member '" + path + "' is missing or has the wrong type";
        }
        return e.getLocation() == null
                ? "Malformed JSON"
                : "Malformed JSON at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
