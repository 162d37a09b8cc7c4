package io.menso.commons.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.InternalServerErrorException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.ClientWebApplicationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionMappersTest {

    record Sample(int number) {
        Sample {
            if (number < 0) {
                throw ApiException.badContent("too small");
            }
        }
    }

    private final ExceptionMappers mappers = new ExceptionMappers();

    private static void assertBody(Response response, int status, String error) {
        ApiError body = (ApiError) response.getEntity();
        assertEquals(status, response.getStatus());
        assertEquals(error, body.error());
        assertFalse(body.reason().isBlank());
        assertEquals("application/json", response.getMediaType().toString());
    }

    private Response http(WebApplicationException e) {
        Object none = Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ContainerRequestContext.class}, (proxy, method, args) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        return mappers.http(e, (ContainerRequestContext) none);
    }

    @Test
    @DisplayName("B8: every error that a service raises has its status, identifier, reason and headers")
    void walksTheCatalogue() {
        assertBody(mappers.api(ApiException.badRequest("r")), 400, "BAD_REQUEST");
        assertBody(mappers.api(ApiException.badContent("r")), 400, "BAD_CONTENT");
        assertBody(mappers.api(ApiException.tooLarge("r")), 413, "BAD_CONTENT");
        assertBody(mappers.api(ApiException.notFound("User")), 404, "BAD_RESOURCE");
        assertBody(mappers.api(ApiException.notAllowed("r")), 401, "BAD_AUTH");
        assertBody(mappers.api(ApiException.unavailable("r")), 503, "UNAVAILABLE");
        assertEquals("1", mappers.api(ApiException.unavailable("r")).getHeaderString("Retry-After"));
        assertEquals("User does not exist", ApiException.notFound("User").body().reason());
    }

    @Test
    @DisplayName("A10, A8: 401 tells the scheme, and that a token was refused when there was one")
    void challenges() {
        Response missing = mappers.unauthorized(new UnauthorizedException());
        assertBody(missing, 401, "BAD_AUTH");
        assertEquals("Bearer", missing.getHeaderString("WWW-Authenticate"));
        for (Response refused : new Response[] {
            mappers.unauthenticated(new AuthenticationFailedException()), mappers.forbidden(new ForbiddenException())
        }) {
            assertBody(refused, 401, "BAD_AUTH");
            assertEquals("Bearer error=\"invalid_token\"", refused.getHeaderString("WWW-Authenticate"));
        }
    }

    @Test
    @DisplayName("B3, B5, B8: what the HTTP layer refuses has the documented body; 415 becomes 400")
    void mapsHttp() {
        assertBody(http(new NotFoundException()), 404, "BAD_RESOURCE");
        assertBody(http(new NotSupportedException()), 400, "BAD_REQUEST");
        assertBody(http(new NotAllowedException("GET")), 405, "BAD_REQUEST");
        assertBody(http(new ClientErrorException(413)), 413, "BAD_CONTENT");
        assertBody(http(new ClientErrorException(400)), 400, "BAD_REQUEST");
        assertBody(http(new InternalServerErrorException("secret detail")), 500, "INTERNAL");
    }

    @Test
    @DisplayName("B11: unreadable JSON is 400 and says where; a rule that a record breaks keeps its own error")
    void mapsJson() {
        JsonProcessingException syntax =
                assertThrows(JsonProcessingException.class, () -> new ObjectMapper().readValue("{\n x", Sample.class));
        assertBody(mappers.json(syntax), 400, "BAD_REQUEST");
        assertTrue(((ApiError) mappers.json(syntax).getEntity()).reason().contains("line 2"));
        JsonProcessingException type = assertThrows(
                JsonProcessingException.class, () -> new ObjectMapper().readValue("{\"number\":\"x\"}", Sample.class));
        assertBody(http(new WebApplicationException(type, 400)), 400, "BAD_REQUEST");
        assertTrue(((ApiError) mappers.json(type).getEntity()).reason().contains("'number'"));
        JsonProcessingException rule = assertThrows(
                JsonProcessingException.class, () -> new ObjectMapper().readValue("{\"number\":-1}", Sample.class));
        assertBody(mappers.json(rule), 400, "BAD_CONTENT");
    }

    static Stream<Throwable> outages() {
        return Stream.of(
                new ConnectException("refused"),
                new TimeoutException(),
                new CompletionException(new ClosedChannelException()),
                new ProcessingException(new ConnectException("refused")),
                new IllegalStateException(new RuntimeException(new java.net.UnknownHostException("kafka"))));
    }

    @ParameterizedTest
    @MethodSource("outages")
    @DisplayName("B13: what cannot be reached is 503 with Retry-After, however deep the cause lies")
    void mapsOutages(Throwable outage) {
        Response response = mappers.unexpected(outage);
        assertBody(response, 503, "UNAVAILABLE");
        assertEquals("1", response.getHeaderString("Retry-After"));
    }

    @Test
    @DisplayName("B13: a status that another service answered is not passed on as our own")
    void hidesOthersAnswers() {
        assertBody(http(new ClientWebApplicationException(404)), 503, "UNAVAILABLE");
    }

    @Test
    @DisplayName("B7: a fault of ours is 500 and says nothing internal; a wrapped error keeps its status")
    void mapsFaults() {
        Response response = mappers.unexpected(new IllegalStateException("password=hunter2"));
        assertBody(response, 500, "INTERNAL");
        assertFalse(String.valueOf(response.getEntity()).contains("hunter2"));
        assertBody(mappers.unexpected(new CompletionException(ApiException.notFound("User"))), 404, "BAD_RESOURCE");
    }
}
