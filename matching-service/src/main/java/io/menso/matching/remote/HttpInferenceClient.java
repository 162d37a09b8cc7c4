package io.menso.matching.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.commons.web.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/// Asks inference-service over HTTP. Images stream through: neither memory nor disk holds them.
@ApplicationScoped
class HttpInferenceClient implements InferenceClient {

    private static final Logger LOG = Logger.getLogger(HttpInferenceClient.class);
    private static final String REGISTRATION = "/v3/models/face_analysis?checks=registration";
    private static final Set<Integer> PASSED_ON = Set.of(400, 413, 422, 503);
    private static final int MAX_CONNECTIONS = 64;

    private final InferenceRestClient rest;
    private final InferenceConfig config;
    private final ObjectMapper json;
    private final HttpClient http;

    @Inject
    HttpInferenceClient(@RestClient InferenceRestClient rest, InferenceConfig config, ObjectMapper json, Vertx vertx) {
        this.rest = rest;
        this.config = config;
        this.json = json;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setIdleTimeout((int) config.idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxPoolSize(MAX_CONNECTIONS));
    }

    @Override
    public Uni<EncodedEmbedding> register(Upload images) {
        return http.request(registration())
                .chain(request -> prepare(request, images.headers()).send(images.body()))
                .chain(response -> response.body().map(body -> read(response, body)))
                .onFailure(failure -> !(failure instanceof ApiException))
                .invoke(failure -> LOG.warnf("inference-service gives no answer: reason=%s", failure.toString()))
                .onFailure(failure -> !(failure instanceof ApiException))
                .transform(_ -> unavailable());
    }

    @Override
    public Uni<Optional<CalibrationTable>> calibration(String revision) {
        return rest.calibration(revision)
                .map(Optional::of)
                .onFailure(HttpInferenceClient::isNotFound)
                .recoverWithItem(Optional.empty())
                .onFailure()
                .transform(_ -> unavailable());
    }

    private RequestOptions registration() {
        return new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(config.url() + REGISTRATION);
    }

    private static HttpClientRequest prepare(HttpClientRequest request, Map<String, String> headers) {
        headers.forEach(request::putHeader);
        return request.setChunked(!headers.containsKey("Content-Length"));
    }

    private EncodedEmbedding read(HttpClientResponse response, Buffer body) {
        JsonNode answer = parse(body);
        if (response.statusCode() == 200 && answer.path("embedding").isObject()) {
            JsonNode embedding = answer.path("embedding");
            return new EncodedEmbedding(
                    embedding.path("revision").textValue(),
                    embedding.path("vector").textValue());
        }
        throw failure(response, answer);
    }

    private JsonNode parse(Buffer body) {
        try {
            return json.readTree(body.getBytes());
        } catch (IOException e) {
            throw unavailable();
        }
    }

    private static ApiException failure(HttpClientResponse response, JsonNode answer) {
        String error = answer.path("error").textValue();
        if (!PASSED_ON.contains(response.statusCode()) || error == null) {
            return unavailable();
        }
        String wait = response.getHeader("Retry-After");
        String reason = answer.path("reason").asText();
        Map<String, String> headers = wait == null ? Map.of() : Map.of("Retry-After", wait);
        return new ApiException(response.statusCode(), error, reason, headers);
    }

    private static boolean isNotFound(Throwable failure) {
        return failure instanceof WebApplicationException web
                && web.getResponse().getStatus() == 404;
    }

    private static ApiException unavailable() {
        return ApiException.unavailable("Images cannot be analysed at the moment");
    }
}
