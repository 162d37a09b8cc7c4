package io.menso.identity;

import io.menso.commons.data.IdempotencyKeys;
import io.menso.commons.data.IdempotencyKeys.Use;
import io.menso.commons.web.ApiException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// Creates an object once for each `Idempotency-Key`, in one transaction with the record of the key.
@ApplicationScoped
public class IdempotentCreation {

    private final IdempotencyKeys keys;

    @Inject
    public IdempotentCreation(IdempotencyKeys keys) {
        this.keys = keys;
    }

    /// @param use    the key, when the request has one
    /// @param create makes the object
    /// @param id     tells its id
    /// @param find   finds what an earlier request with the same key made
    /// @return the new object, or the one that the same request made before
    /// @throws ApiException 400 when the key was used with another body, or for an object that is gone
    public <T> Uni<T> run(
            Optional<Use> use, Supplier<Uni<T>> create, Function<T, UUID> id, Function<UUID, Uni<Optional<T>>> find) {
        return Panache.withTransaction(() -> use.isEmpty()
                ? create.get()
                : keys.claim(use.get())
                        .chain(earlier -> earlier.isEmpty()
                                ? create.get().call(made -> keys.record(use.get(), id.apply(made)))
                                : find.apply(earlier.get()).map(IdempotentCreation::stillThere)));
    }

    private static <T> T stillThere(Optional<T> found) {
        return found.orElseThrow(
                () -> ApiException.badRequest("Idempotency-Key was used for an object that is deleted"));
    }
}
