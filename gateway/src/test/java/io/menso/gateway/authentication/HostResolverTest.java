package io.menso.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostResolverTest {

    private static final Optional<String> DIRECT = Optional.of("inner:8080");

    private static MultiMap headers(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    @ParameterizedTest
    @DisplayName("A4: hosts match without regard to case and to the default port of their scheme")
    @CsvSource({
        "a.example, A.EXAMPLE, false, true",
        "a.example:80, a.example, false, true",
        "a.example, a.example:443, true, true",
        "a.example:443, a.example, false, false",
        "a.example:80, a.example, true, false",
        "[::1]:8080, [::1]:8080, false, true",
        "[::1], [::1]:80, false, true",
        "[::1]:8080, [::1], false, false",
        "10.0.0.1:8080, 10.0.0.1:8081, false, false"
    })
    void hostsMatch(String host, String audience, boolean https, boolean matches) {
        assertThat(RequestHost.of(host, https).orElseThrow().matches(audience)).isEqualTo(matches);
    }

    @ParameterizedTest
    @DisplayName("A4: what is no host is none")
    @ValueSource(
            strings = {"", ":80", "a b", "a:b", "a:99999", "a:-1", "a:1:2", "a/b", "a@b", "a,b", "[::1", "a:", "a?b"})
    void whatIsNoHostIsNone(String text) {
        assertThat(RequestHost.of(text, false)).isEmpty();
    }

    @Test
    @DisplayName("A4: forwarded headers of a stranger are ignored")
    void strangersAreIgnored() {
        MultiMap headers = headers("X-Forwarded-Host", "evil.example", "X-Forwarded-Proto", "https");

        assertThat(HostResolver.choose(DIRECT, false, headers, false)).hasValueSatisfying(host -> {
            assertThat(host.text()).isEqualTo("inner:8080");
            assertThat(host.https()).isFalse();
        });
    }

    @Test
    @DisplayName("A4: a trusted proxy's word counts, and of a list only what it wrote itself")
    void aTrustedProxysWordCounts() {
        MultiMap headers = headers("X-Forwarded-Host", "evil.example, api.example", "X-Forwarded-Proto", "https");

        assertThat(HostResolver.choose(DIRECT, true, headers, false)).hasValueSatisfying(host -> {
            assertThat(host.text()).isEqualTo("api.example");
            assertThat(host.https()).isTrue();
        });
        assertThat(HostResolver.choose(DIRECT, true, headers(), false).map(RequestHost::text))
                .isEqualTo(DIRECT);
    }

    @Test
    @DisplayName("A4: proxies are addresses or networks, of both families")
    void proxiesAreAddressesOrNetworks() {
        TrustedProxies proxies = new TrustedProxies(List.of("10.1.0.0/16", "192.0.2.7", "fd00::/8"));

        for (String inside : List.of("10.1.0.0", "10.1.255.255", "192.0.2.7", "fd12:3456::1")) {
            assertThat(proxies.contains(inside)).as(inside).isTrue();
        }
        for (String outside : List.of("10.2.0.0", "192.0.2.8", "fe80::1", "", "localhost", "10.1.0.0.example")) {
            assertThat(proxies.contains(outside)).as(outside).isFalse();
        }
        assertThat(new TrustedProxies(List.of()).contains("127.0.0.1")).isFalse();
        assertThatThrownBy(() -> new TrustedProxies(List.of("10.0.0.0/33")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
