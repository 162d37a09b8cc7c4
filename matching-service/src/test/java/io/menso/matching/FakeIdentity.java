package io.menso.matching;

import io.menso.commons.web.ApiException;
import io.menso.matching.remote.IdentityClient;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// Knows the users that a test made, and can be switched off.
@Alternative
@Priority(1)
@Singleton
public class FakeIdentity implements IdentityClient {

    private final Set<UUID> users = ConcurrentHashMap.newKeySet();
    private volatile boolean reachable = true;

    public UUID add() {
        UUID user = UUID.randomUUID();
        users.add(user);
        return user;
    }

    public void remove(UUID user) {
        users.remove(user);
    }

    public void reachable(boolean value) {
        reachable = value;
    }

    @Override
    public Uni<Boolean> exists(UUID user) {
        return reachable
                ? Uni.createFrom().item(users.contains(user))
                : Uni.createFrom().failure(ApiException.unavailable("Users cannot be looked up at the moment"));
    }
}
