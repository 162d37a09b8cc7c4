package io.menso.gateway.authentication;

import io.menso.gateway.keys.CallerKey;
import io.menso.gateway.keys.KeyCache;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/// Turns a request's token into the key that signed it, or refuses (decisions A1 to A14).
@Singleton
public class Authenticator {

    private final KeyCache keys;
    private final HostResolver hosts;
    private final TokenChecker checker;

    @Inject
    public Authenticator(KeyCache keys, HostResolver hosts, Clock clock) {
        this.keys = keys;
        this.hosts = hosts;
        this.checker = new TokenChecker(clock);
    }

    /// The caller's key.
    ///
    /// @return fails with an `ApiException`: 401, or 503 when the key cannot be looked up
    public Future<CallerKey> authenticate(HttpServerRequest request) {
        Optional<String> text = BearerHeader.token(request.headers().getAll("Authorization"));
        if (text.isEmpty()) {
            throw Refusal.noToken();
        }
        CallerToken token = text.flatMap(CallerToken::read).orElseThrow(Refusal::beforeVerification);
        Optional<RequestHost> host = hosts.hostOf(request);
        return keys.find(token.kid()).map(found -> judge(token, found, host));
    }

    private CallerKey judge(CallerToken token, Optional<CallerKey> found, Optional<RequestHost> host) {
        CallerKey key = checker.check(token, found, host);
        keys.trust(key.kid());
        return key;
    }
}
