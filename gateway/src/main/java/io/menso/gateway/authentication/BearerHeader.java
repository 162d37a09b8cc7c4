package io.menso.gateway.authentication;

import java.util.List;
import java.util.Optional;

/// Finds the token in the `Authorization` header, the only place where one is read (decision A12).
final class BearerHeader {

    private static final String SCHEME = "bearer";

    private BearerHeader() {}

    /// @param values all `Authorization` headers of the request
    /// @return the token; empty when there is none
    /// @throws io.menso.commons.web.ApiException 401 when there are several headers
    static Optional<String> token(List<String> values) {
        if (values.size() > 1) {
            throw Refusal.beforeVerification();
        }
        return values.stream().findFirst().filter(BearerHeader::isBearer).map(BearerHeader::credentials);
    }

    private static boolean isBearer(String value) {
        return value.length() > SCHEME.length() + 1
                && value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && value.charAt(SCHEME.length()) == ' ';
    }

    private static String credentials(String value) {
        int start = SCHEME.length();
        while (start < value.length() && value.charAt(start) == ' ') {
            start++;
        }
        return value.substring(start);
    }
}
