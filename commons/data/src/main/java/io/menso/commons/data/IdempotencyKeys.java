package io.menso.commons.data;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;

/// Makes a POST with the header `Idempotency-Key` create its object once in 24 hours, however often it is sent.
///
/// Needs the table `idempotency_keys (tenant text, scope text, key text, request_hash text not null,
/// resource_id uuid, created_at timestamptz not null default now(), primary key (tenant, scope, key))`.
/// All methods run inside the transaction that creates the object; a repeat that arrives meanwhile waits for it.
@ApplicationScoped
public class IdempotencyKeys {

    private static final int MAX_LENGTH = 255;
    private static final String EXPIRE = "delete from idempotency_keys where created_at < now() - interval '24 hours'"
            + " and tenant = ?1 and scope = ?2 and key = ?3";
    private static final String PURGE = "delete from idempotency_keys where created_at < now() - interval '24 hours'";
    private static final String CLAIM = "insert into idempotency_keys (tenant, scope, key, request_hash)"
            + " values (?1, ?2, ?3, ?4) on conflict do nothing";
    private static final String FIND = "select request_hash, cast(resource_id as text) from idempotency_keys"
            + " where tenant = ?1 and scope = ?2 and key = ?3";
    private static final String RECORD =
            "update idempotency_keys set resource_id = ?4 where tenant = ?1 and scope = ?2 and key = ?3";

    /// One use of a key.
    ///
    /// @param tenant  whose key it is
    /// @param scope   the collection posted to, for example `users` or `devices/<uuid>/keys`
    /// @param key     the header's value, 1 to 255 characters
    /// @param request the request body as received, to notice a key that is used for something else
    public record Use(Tenant tenant, String scope, String key, String request) {
        public Use {
            if (key.isEmpty() || key.length() > MAX_LENGTH) {
                throw ApiException.badRequest("Idempotency-Key must have 1 to " + MAX_LENGTH + " characters");
            }
        }

        private String hash() {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(digest);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// Claims the key.
    ///
    /// @return id of the object that an earlier request made; empty when this request is to create it
    /// @throws ApiException 400 when the key was used with another body
    public Uni<Optional<UUID>> claim(Use use) {
        return Panache.getSession()
                .chain(session -> bind(session, EXPIRE, use)
                        .executeUpdate()
                        .chain(() -> bind(session, CLAIM, use)
                                .setParameter(4, use.hash())
                                .executeUpdate())
                        .chain(inserted ->
                                inserted == 1 ? Uni.createFrom().item(Optional.<UUID>empty()) : earlier(session, use)));
    }

    /// Remembers which object the first request made.
    public Uni<Void> record(Use use, UUID resource) {
        return Panache.getSession()
                .chain(session ->
                        bind(session, RECORD, use).setParameter(4, resource).executeUpdate())
                .replaceWithVoid();
    }

    /// Removes the keys of all tenants whose 24 hours are over; for a schedule, inside a transaction.
    ///
    /// @return how many there were
    public Uni<Integer> purge() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(PURGE).executeUpdate());
    }

    private Uni<Optional<UUID>> earlier(Mutiny.Session session, Use use) {
        return session.createNativeQuery(FIND, Object[].class)
                .setParameter(1, use.tenant().id())
                .setParameter(2, use.scope())
                .setParameter(3, use.key())
                .getSingleResult()
                .map(row -> {
                    if (!use.hash().equals(row[0])) {
                        throw ApiException.badRequest("Idempotency-Key was used before with another body");
                    }
                    return Optional.of(UUID.fromString(String.valueOf(row[1])));
                });
    }

    private static Mutiny.MutationQuery bind(Mutiny.Session session, String sql, Use use) {
        return session.createNativeQuery(sql)
                .setParameter(1, use.tenant().id())
                .setParameter(2, use.scope())
                .setParameter(3, use.key());
    }
}
