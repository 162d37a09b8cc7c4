package io.menso.matching.runtime;

import io.menso.commons.web.ApiException;
import java.util.Locale;

/// Whose limit keeps work from waiting for a thread.
enum Limit {
    TENANT("Too many searches of yours are waiting"),
    TOTAL("Too many searches of all customers are waiting"),
    LARGEST("Too many searches of all customers are waiting, and more of them are yours than anybody's"),
    BACKGROUND("Too much background work is waiting"),
    CLOSED("The service is stopping");

    private final String reason;

    Limit(String reason) {
        this.reason = reason;
    }

    /// 503 with `Retry-After`.
    ApiException refusal() {
        return ApiException.unavailable(reason);
    }

    /// Its name in metrics.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
