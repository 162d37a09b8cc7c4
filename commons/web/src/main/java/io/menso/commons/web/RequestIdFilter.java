package io.menso.commons.web;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/// Headers that requests carry: `Request-Id`, which the gateway has validated or generated, goes through logs and back;
/// `Content-Type` is required wherever a method consumes something (B3); `Accept` is ignored (B11).
public class RequestIdFilter {

    public static final String HEADER = "Request-Id";
    private static final String MDC_KEY = "requestId";

    @ServerRequestFilter(preMatching = true)
    public void remember(ContainerRequestContext request) {
        String id = request.getHeaderString(HEADER);
        if (id != null) {
            MDC.put(MDC_KEY, id);
        }
    }

    @ServerRequestFilter(preMatching = true)
    public void ignoreAccept(ContainerRequestContext request) {
        request.getHeaders().remove(HttpHeaders.ACCEPT);
    }

    /// Without this check a body that has no type is taken for the type that the method would like.
    ///
    /// @throws ApiException 400 when the method itself carries `@Consumes` and the request has no `Content-Type`
    @ServerRequestFilter
    public void requireContentType(ResourceInfo resource, ContainerRequestContext request) {
        if (request.getHeaderString(HttpHeaders.CONTENT_TYPE) == null
                && resource.getResourceMethod().isAnnotationPresent(Consumes.class)) {
            throw ApiException.badRequest("Content-Type is missing");
        }
    }

    @ServerResponseFilter
    public void echo(ContainerRequestContext request, ContainerResponseContext response) {
        String id = request.getHeaderString(HEADER);
        if (id != null) {
            response.getHeaders().putSingle(HEADER, id);
        }
    }
}
