package io.menso.gateway.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.menso.gateway.GatewayConfig;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/// Callers' keys, remembered only while the key stream is live (design rule 4, decision A9).
///
/// Every change moves the epoch on. A look-up that began in an earlier epoch may have read what has changed since, so
/// its answer is given to those who asked but not remembered, and nobody new joins it.
@Singleton
public class KeyCache {

    private static final Duration TRUSTED_FOR = Duration.ofHours(1);

    private final Cache<String, CallerKey> known;
    private final Cache<String, Boolean> unknown;
    private final Cache<String, Boolean> trusted;
    private final StreamLiveness liveness;
    private final KeyLookups lookups;
    private final Object lock = new Object();
    private volatile long epoch;

    @Inject
    public KeyCache(KeySource source, GatewayConfig config) {
        this(
                source,
                config.keys(),
                new StreamLiveness(System::nanoTime, config.keys().maxSilence()));
    }

    KeyCache(KeySource source, GatewayConfig.Keys config, StreamLiveness liveness) {
        this.liveness = liveness;
        this.lookups = new KeyLookups(source, config.maxLookups(), config.maxKnownLookups(), config.lookupTimeout());
        this.known = Caffeine.newBuilder().maximumSize(config.maxEntries()).build();
        this.unknown = Caffeine.newBuilder()
                .maximumSize(config.maxEntries())
                .expireAfterWrite(config.unknownFor())
                .build();
        this.trusted = Caffeine.newBuilder()
                .maximumSize(config.maxEntries())
                .expireAfterWrite(TRUSTED_FOR)
                .build();
    }

    /// The key with this id as it is now, or empty when there is none.
    ///
    /// @return fails with a 503 `ApiException` when nobody can tell
    public Future<Optional<CallerKey>> find(String kid) {
        if (liveness.isLive()) {
            CallerKey key = known.getIfPresent(kid);
            if (key != null) {
                return Future.succeededFuture(Optional.of(key));
            }
        }
        if (unknown.getIfPresent(kid) != null) {
            return Future.succeededFuture(Optional.empty());
        }
        return lookups.find(kid, epoch, trusted.getIfPresent(kid) != null, this::remember);
    }

    /// Notes that a token with this key id was seen with a good signature: its look-ups get the larger share.
    public void trust(String kid) {
        trusted.put(kid, true);
    }

    /// Forgets one key, because it changed.
    public void forget(String kid) {
        synchronized (lock) {
            epoch++;
            known.invalidate(kid);
            unknown.invalidate(kid);
        }
    }

    /// Forgets all keys of a device, because it changed.
    public void forgetDevice(String device) {
        synchronized (lock) {
            epoch++;
            known.asMap()
                    .values()
                    .removeIf(key -> key.device().filter(device::equals).isPresent());
        }
    }

    /// Forgets everything, because changes may have been missed.
    void clear() {
        synchronized (lock) {
            epoch++;
            known.invalidateAll();
            unknown.invalidateAll();
        }
    }

    /// A heartbeat arrived and every change before it was sent has been applied.
    ///
    /// @param ageMillis how long ago it was sent: what changed since then may still be on its way
    void beat(long ageMillis) {
        if (!liveness.isLive()) {
            clear();
        }
        liveness.beat(ageMillis);
    }

    /// The stream is broken; what is remembered is not used until it beats again.
    void lose() {
        liveness.lose();
        clear();
    }

    /// Whether remembered keys may be used.
    public boolean isLive() {
        return liveness.isLive();
    }

    /// Drops secrets from memory that may not be used any more.
    void dropWhenSilent() {
        if (!liveness.isLive() && known.estimatedSize() > 0) {
            clear();
        }
    }

    private void remember(String kid, long since, Optional<CallerKey> found) {
        synchronized (lock) {
            if (epoch != since) {
                return;
            }
            if (found.isEmpty()) {
                unknown.put(kid, true);
            } else if (liveness.isLive()) {
                known.put(kid, found.orElseThrow());
            }
        }
    }
}
