package io.menso.gateway.authentication;

import java.util.Locale;
import java.util.Optional;

/// The host a request was sent to, and whether an audience means the same (decision A4).
///
/// @param text   as the request has it
/// @param https  whether the caller speaks TLS, which decides the default port
/// @param parsed host in lower case and port
public record RequestHost(String text, boolean https, HostPort parsed) {

    /// @param port -1 for the scheme's default port
    public record HostPort(String host, int port) {}

    /// Reads `host`, `host:port` or `[address]:port`; empty when it is none of them.
    public static Optional<RequestHost> of(String text, boolean https) {
        return parse(text, https).map(parsed -> new RequestHost(text, https, parsed));
    }

    /// Whether the audience names this host; letter case does not matter, nor does a default port.
    boolean matches(String audience) {
        return parse(audience, https).filter(parsed::equals).isPresent();
    }

    private static Optional<HostPort> parse(String text, boolean https) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        int split = end < 0 ? text.length() : end;
        String host = text.substring(0, split).toLowerCase(Locale.ROOT);
        if (host.isEmpty() || !host.chars().allMatch(RequestHost::isHostCharacter)) {
            return Optional.empty();
        }
        return port(text.substring(split)).map(port -> new HostPort(host, port == (https ? 443 : 80) ? -1 : port));
    }

    private static Optional<Integer> port(String suffix) {
        if (suffix.isEmpty()) {
            return Optional.of(-1);
        }
        boolean digits = suffix.length() > 1
                && suffix.length() <= 6
                && suffix.charAt(0) == ':'
                && suffix.charAt(1) != '0'
                && suffix.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        return digits
                ? Optional.of(Integer.parseInt(suffix.substring(1))).filter(port -> port <= 65535)
                : Optional.empty();
    }

    private static boolean isHostCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-._~[]:".indexOf(c) >= 0;
    }
}
