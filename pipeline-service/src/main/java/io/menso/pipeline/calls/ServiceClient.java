package io.menso.pipeline.calls;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.RequestIdFilter;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Sends calls to the services, without blocking and with pooled connections.
@ApplicationScoped
public class ServiceClient {

    private static final Logger LOG = Logger.getLogger(ServiceClient.class);

    private final Vertx vertx;
    private final CallsConfig config;
    private final HttpClient http;
    private final Map<Target, String> urls = new EnumMap<>(Target.class);

    /// A call that is ready to go.
    ///
    /// @param method upper-case HTTP method
    /// @param path   checked path
    /// @param query  encoded query with its `?`, or empty
    /// @param json   JSON body, or empty
    /// @param images images that make the body; never together with `json`
    public record Request(String method, CallPath path, String query, String json, List<Image> images) {}

    /// An answer as it came.
    ///
    /// @param status  HTTP status
    /// @param headers its headers
    /// @param body    at most `answer-bytes`
    public record Answer(int status, MultiMap headers, Buffer body) {}

    @Inject
    public ServiceClient(
            Vertx vertx,
            CallsConfig config,
            @ConfigProperty(name = "menso.identity.url") String identity,
            @ConfigProperty(name = "menso.device.url") String device,
            @ConfigProperty(name = "menso.inference.url") String inference,
            @ConfigProperty(name = "menso.matching.url") String matching,
            @ConfigProperty(name = "menso.pipeline.url") String pipeline) {
        this.vertx = vertx;
        this.config = config;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(config.connectMillis())
                .setMaxPoolSize(config.connections())
                .setMaxWaitQueueSize(config.waiting())
                .setKeepAliveTimeout(30));
        urls.put(Target.IDENTITY, identity);
        urls.put(Target.DEVICE, device);
        urls.put(Target.INFERENCE, inference);
        urls.put(Target.MATCHING, matching);
        urls.put(Target.PIPELINE, pipeline);
    }

    void stop(@Observes ShutdownEvent event) {
        http.close();
    }

    /// @return the answer, whatever its status; an `ApiException` 503 when none came
    public CompletionStage<Answer> send(Target target, Request call, Origin origin) {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(urls.get(target) + call.path().text() + call.query())
                .setMethod(HttpMethod.valueOf(call.method()))
                .setTimeout(config.timeoutMillis())
                .putHeader("Authorization", origin.authorization());
        origin.requestId().ifPresent(id -> options.putHeader(RequestIdFilter.HEADER, id));
        Promise<Answer> answer = Promise.promise();
        // On one event loop from the start: an answer could otherwise be over before its handlers are set.
        vertx.runOnContext(_ -> http.request(options)
                .compose(request -> write(request, call))
                .compose(this::read)
                .recover(failure -> Future.failedFuture(unreachable(target, failure)))
                .onComplete(answer));
        return answer.future().toCompletionStage();
    }

    private Future<HttpClientResponse> write(HttpClientRequest request, Request call) {
        if (!call.images().isEmpty()) {
            MultipartBody body = MultipartBody.of(call.images());
            return request.putHeader("Content-Type", body.contentType()).send(body.buffer());
        }
        if (!call.json().isEmpty()) {
            return request.putHeader("Content-Type", jsonType(call.method())).send(Buffer.buffer(call.json()));
        }
        return request.send();
    }

    private static String jsonType(String method) {
        return method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    }

    private Future<Answer> read(HttpClientResponse response) {
        Promise<Answer> answer = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(answer::tryFail);
        response.endHandler(_ -> answer.tryComplete(new Answer(response.statusCode(), response.headers(), body)));
        response.handler(part -> {
            if (body.length() + part.length() > config.answerBytes()) {
                answer.tryFail(ApiException.badRequest("the answer to a call is too large"));
                response.request().reset();
            } else {
                body.appendBuffer(part);
            }
        });
        return answer.future();
    }

    private static ApiException unreachable(Target target, Throwable failure) {
        if (failure instanceof ApiException api) {
            return api;
        }
        LOG.warnf("call failed: target=%s reason=%s", target, failure.toString());
        return ApiException.unavailable("A part of the service cannot be reached");
    }
}
