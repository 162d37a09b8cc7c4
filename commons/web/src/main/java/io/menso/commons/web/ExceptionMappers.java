package io.menso.commons.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// The one place where failures become responses: every 4xx has `error` and `reason`, no 5xx says anything internal.
public class ExceptionMappers {

    private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

    @Inject
    public ExceptionMappers() {}

    @ServerExceptionMapper(priority = 1)
    public Response api(ApiException e) {
        if (e.status() >= 500) {
            LOG.warnf("request failed: status=%d reason=%s", e.status(), e.getMessage());
        } else {
            LOG.debugf("request refused: status=%d error=%s reason=%s", e.status(), e.error(), e.getMessage());
        }
        Response.ResponseBuilder response = Response.status(e.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(e.body());
        e.headers().forEach(response::header);
        return response.build();
    }

    @ServerExceptionMapper(priority = 1)
    public Response json(JsonProcessingException e) {
        return api(ApiException.badRequest(describe(e)));
    }

    @ServerExceptionMapper(priority = 1)
    public Response unauthorized(UnauthorizedException e) {
        return api(new ApiException(
                401, ApiException.BAD_AUTH, "A valid token is required", Map.of("WWW-Authenticate", "Bearer")));
    }

    @ServerExceptionMapper(priority = 1)
    public Response forbidden(ForbiddenException e) {
        return api(ApiException.notAllowed("This key may not call this endpoint"));
    }

    @ServerExceptionMapper(priority = 1)
    public Response http(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException cause) {
            return json(cause);
        }
        return switch (e) {
            case NotFoundException _ -> api(ApiException.notFound("This resource"));
            case NotAllowedException refused -> notAllowed(refused);
            case NotSupportedException _ ->
                api(ApiException.badRequest("Content-Type is missing or not supported here"));
            case NotAcceptableException _ -> api(ApiException.badRequest("Accept cannot be satisfied"));
            default -> other(e);
        };
    }

    @ServerExceptionMapper(priority = 1)
    public Response unexpected(Throwable e) {
        LOG.error("request failed unexpectedly", e);
        return api(new ApiException(500, "INTERNAL", "Something went wrong on our end"));
    }

    private Response notAllowed(NotAllowedException e) {
        String allow = String.valueOf(e.getResponse().getHeaderString("Allow"));
        return api(new ApiException(
                405, ApiException.BAD_REQUEST, "This resource does not support the method", Map.of("Allow", allow)));
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

    private static String describe(JsonProcessingException e) {
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
