package io.menso.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/// A real HTTP server in place of the five services. It refuses what lacks a valid internal token and otherwise answers
/// with what it received; `?behave=` asks for something else. Tests steer it over HTTP, under `/control`.
public final class StandIn implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final JwtConsumer tokens;
    private final Map<String, JsonObject> keys = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    private final Set<String> once = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lookups = new AtomicInteger();
    private final HttpServer server;
    private volatile boolean broken;
    private volatile int delayMillis;

    StandIn(PublicKey key) {
        tokens = new JwtConsumerBuilder()
                .setVerificationKey(key)
                .setExpectedIssuer("menso")
                .setExpectedAudience("menso")
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireSubject()
                .build();
        server = vertx.createHttpServer(new HttpServerOptions().setMaxInitialLineLength(16_384))
                .requestHandler(this::handle)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void handle(HttpServerRequest request) {
        if (request.path().startsWith("/control/")) {
            request.bodyHandler(body -> control(request, body));
            return;
        }
        JwtClaims claims = claims(request);
        if (claims == null) {
            request.response().setStatusCode(401).end();
        } else if (request.path().startsWith("/internal/keys/")) {
            lookup(request, claims);
        } else {
            seen.add(request.method() + " " + request.uri());
            serve(request, claims);
        }
    }

    private @org.jspecify.annotations.Nullable JwtClaims claims(HttpServerRequest request) {
        try {
            String header = request.getHeader("Authorization");
            return header == null || !header.startsWith("Bearer ")
                    ? null
                    : tokens.processToClaims(header.substring("Bearer ".length()));
        } catch (InvalidJwtException e) {
            return null;
        }
    }

    private void lookup(HttpServerRequest request, JwtClaims claims) {
        lookups.incrementAndGet();
        boolean gateway = String.valueOf(claims.getClaimValue("groups")).contains("gateway");
        JsonObject key = keys.get(request.path().substring("/internal/keys/".length()));
        Runnable answer = () -> {
            if (broken || !gateway) {
                request.response().setStatusCode(500).end();
            } else if (key == null) {
                request.response().setStatusCode(404).end();
            } else {
                request.response().putHeader("Content-Type", "application/json").end(key.toBuffer());
            }
        };
        if (delayMillis > 0) {
            vertx.setTimer(delayMillis, _ -> answer.run());
        } else {
            answer.run();
        }
    }

    private void control(HttpServerRequest request, Buffer body) {
        String[] parts = request.path().split("/", -1);
        switch (request.method() + " " + parts[2]) {
            case "PUT keys" -> keys.put(parts[3], body.toJsonObject());
            case "DELETE keys" -> keys.remove(parts[3]);
            case "PUT broken" -> broken = Boolean.parseBoolean(body.toString());
            case "PUT delay" -> delayMillis = Integer.parseInt(body.toString());
            case "GET lookups" -> {}
            case "GET seen" -> {}
            default -> throw new IllegalArgumentException(request.path());
        }
        request.response().end(parts[2].equals("seen") ? String.join("\n", seen) : Integer.toString(lookups.get()));
    }

    private void serve(HttpServerRequest request, JwtClaims claims) {
        String behave = String.valueOf(request.getParam("behave"));
        switch (behave) {
            case "die" -> request.connection().close();
            case "die-once" -> {
                if (once.add(request.uri())) {
                    request.connection().close();
                } else {
                    echo(request, claims);
                }
            }
            case "die-mid-answer" -> {
                request.response().putHeader("Content-Length", "1000000").write("x".repeat(1000));
                vertx.setTimer(50, _ -> request.connection().close());
            }
            case "silent" -> request.resume();
            case "empty-415" -> request.response().setStatusCode(415).end();
            case "html-500" ->
                request.response()
                        .setStatusCode(500)
                        .putHeader("Content-Type", "text/html")
                        .end("<h1>java.lang.Secret</h1>");
            case "bodyless-503" -> request.response().setStatusCode(503).end();
            case "moved" ->
                request.response()
                        .setStatusCode(422)
                        .putHeader("Content-Type", "application/json")
                        .end("{\"error\":\"MOVE_LEFT\",\"reason\":\"x\"}");
            case "delete" ->
                request.endHandler(_ -> {
                    keys.clear();
                    request.response().setStatusCode(204).end();
                });
            case "large" -> large(request, 64);
            default -> echo(request, claims);
        }
    }

    private void large(HttpServerRequest request, int megabytes) {
        request.response().setChunked(true);
        Buffer block = Buffer.buffer(new byte[1 << 20]);
        Runnable[] step = new Runnable[1];
        int[] left = {megabytes};
        step[0] = () -> {
            while (left[0] > 0 && !request.response().writeQueueFull()) {
                left[0]--;
                request.response().write(block);
            }
            if (left[0] == 0) {
                request.response().end();
            } else {
                request.response().drainHandler(_ -> step[0].run());
            }
        };
        step[0].run();
    }

    private void echo(HttpServerRequest request, JwtClaims claims) {
        MessageDigest digest = sha256();
        long[] length = {0};
        request.exceptionHandler(_ -> seen.add("BROKEN " + request.uri()));
        request.handler(chunk -> {
            length[0] += chunk.length();
            digest.update(chunk.getBytes());
        });
        request.endHandler(_ -> {
            JsonObject headers = new JsonObject();
            request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(), header.getValue()));
            JsonObject answer = new JsonObject()
                    .put("method", request.method().name())
                    .put("uri", request.uri())
                    .put("headers", headers)
                    .put("length", length[0])
                    .put("sha256", HexFormat.of().formatHex(digest.digest()))
                    .put("claims", new JsonObject(claims.getClaimsMap()));
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Server", "stand-in")
                    .putHeader("X-Powered-By", "tests")
                    .putHeader("Connection", "keep-alive, X-Hop")
                    .putHeader("X-Hop", "private")
                    .putHeader("Request-Id", "from-the-service")
                    .putHeader("Link", "<http://" + request.getHeader("Host") + "/v3/users?page=2>; rel=\"next\"")
                    .end(answer.toBuffer());
        });
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
