package io.menso.device.customer;

import io.menso.commons.web.ApiException;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/// Finds and makes customers.
@ApplicationScoped
class CustomerRepository implements PanacheRepositoryBase<Customer, String> {

    private static final String INSERT =
            "insert into customers (handle, created_at) values (?1, ?2) on conflict do nothing";

    /// @throws ApiException 400 when the customer exists, also when another request makes it right now
    Uni<Void> insert(String handle, Instant now) {
        return getSession()
                .chain(session -> session.createNativeQuery(INSERT)
                        .setParameter(1, handle)
                        .setParameter(2, now)
                        .executeUpdate())
                .invoke(inserted -> {
                    if (inserted == 0) {
                        throw ApiException.badRequest("Customer exists already");
                    }
                })
                .replaceWithVoid();
    }

    /// @throws ApiException 404 when there is none
    Uni<Customer> get(String handle) {
        return findById(handle).onItem().ifNull().failWith(() -> ApiException.notFound("Customer"));
    }
}
