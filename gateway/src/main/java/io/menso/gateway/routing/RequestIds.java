package io.menso.gateway.routing;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.UuidV7;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// `Request-Id`: taken from the caller byte for byte, or made (decision B9).
@Singleton
public class RequestIds {

    private static final int MAX_LENGTH = 200;

    private final UuidV7 ids;

    @Inject
    public RequestIds(UuidV7 ids) {
        this.ids = ids;
    }

    /// @param values all `Request-Id` headers of the request
    /// @throws ApiException 400 when there are several, or one that is not 1 to 200 characters of 0x21 to 0x7E
    public String choose(List<String> values) {
        if (values.isEmpty()) {
            return ids.next().toString();
        }
        String value = values.getFirst();
        boolean good = values.size() == 1
                && !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && value.chars().allMatch(c -> c >= 0x21 && c <= 0x7e);
        if (!good) {
            throw ApiException.badRequest("Request-Id must be one value of 1 to 200 visible ASCII characters");
        }
        return value;
    }
}
