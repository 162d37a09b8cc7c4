package io.menso.gateway.proxy;

import io.menso.gateway.keys.KeyCache;
import io.menso.gateway.routing.Service;
import io.vertx.core.http.HttpMethod;
import java.util.Locale;

/// Makes a change of a device or key, proxied by this gateway, hold from its next request on (decisions A9, D12).
final class KeyChanges {

    private KeyChanges() {}

    /// Forgets what the exchange may have changed. Runs when a service answered or failed to, before the caller hears
    /// of it: without an answer the change may have happened all the same.
    static void forget(Exchange exchange, KeyCache keys) {
        HttpMethod method = exchange.request().method();
        boolean reads = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        if (reads || exchange.match().route().service() != Service.DEVICE) {
            return;
        }
        String[] parts = exchange.request().path().toLowerCase(Locale.ROOT).split("/", -1);
        // "", "v3", "devices", device, "keys", key
        if (parts.length > 5) {
            keys.forget(parts[5]);
        } else if (parts.length > 3) {
            keys.forgetDevice(parts[3]);
        }
    }
}
