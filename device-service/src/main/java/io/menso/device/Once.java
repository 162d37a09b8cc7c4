package io.menso.device;

import io.menso.commons.data.IdempotencyKeys;
import io.menso.commons.data.IdempotencyKeys.Use;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/// Creates an object once for each `Idempotency-Key`, and finds it again when the request is repeated.
@ApplicationScoped
public class Once {

    private final IdempotencyKeys keys;

    @Inject
    public Once(IdempotencyKeys keys) {
        this.keys = keys;
    }

    /// Must run inside the transaction that creates the object.
    ///
    /// @param use    the header's use; empty when the request has none
    /// @param create makes the object
    /// @param again  finds the object that an earlier request made
    /// @param id     the object's id
    public <T> Uni<T> run(
            Optional<Use> use, Supplier<Uni<T>> create, Function<UUID, Uni<T>> again, Function<T, UUID> id) {
        return use.map(key -> keys.claim(key)
                        .chain(earlier -> earlier.map(again)
                                .orElseGet(() -> create.get().call(made -> keys.record(key, id.apply(made))))))
                .orElseGet(create);
    }
}
