package io.menso.gateway;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Settings of the gateway, `menso.gateway.*`.
@ConfigMapping(prefix = "menso.gateway")
public interface GatewayConfig {

    /// File with the private JWK (P-256) that signs internal tokens. Required.
    Path signingKeyFile();

    /// Addresses or networks (`10.0.0.0/8`) of proxies whose `X-Forwarded-Host` and `X-Forwarded-Proto` are believed.
    /// Default none. A network that callers can reach lets them choose the host their tokens are checked against.
    Optional<List<String>> trustedProxies();

    Keys keys();

    Rate rate();

    Body body();

    Upstream upstream();

    Cors cors();

    /// How callers' keys are remembered.
    interface Keys {

        /// How old the newest heartbeat of the key stream may be for remembered keys to be used. Default 1 second.
        /// A larger value lets a revoked key live longer when Kafka stalls.
        @WithDefault("1S")
        Duration maxSilence();

        /// How long an unknown key id is remembered as unknown. Default 1 second.
        /// A larger value delays keys that are used before they exist.
        @WithDefault("1S")
        Duration unknownFor();

        /// Most keys remembered. Default 50000, about 1 kB each.
        @WithDefault("50000")
        int maxEntries();

        /// Most look-ups at once for key ids that were never seen to sign; more wait their turn. Default 32.
        /// A larger value lets forged key ids weigh more on device-service.
        @WithDefault("32")
        int maxLookups();

        /// Most look-ups at once for key ids that signed before. Default 256.
        @WithDefault("256")
        int maxKnownLookups();

        /// Time limit of a look-up. Default 3 seconds.
        @WithDefault("3S")
        Duration lookupTimeout();
    }

    /// Rate limit per key id.
    interface Rate {

        /// Requests a second that a key may keep up. Default 200.
        @WithDefault("200")
        long perSecond();

        /// Requests a key may send at once after a rest. Default 400.
        @WithDefault("400")
        long burst();
    }

    /// Largest request bodies.
    interface Body {

        /// Of any request. Default 128 MiB. A larger value lets one request hold a connection longer.
        @WithDefault("128M")
        MemorySize total();

        /// Of JSON. Default 256 KiB, as much as the services read.
        @WithDefault("256K")
        MemorySize json();

        /// Of a pipeline's source. Default 128 KiB.
        @WithDefault("128K")
        MemorySize source();
    }

    /// Connections to the services.
    interface Upstream {

        /// Time limit for a connection. Default 2 seconds.
        @WithDefault("2S")
        Duration connectTimeout();

        /// Time limit from the end of the request to the head of the response. Default 60 seconds.
        @WithDefault("60S")
        Duration responseTimeout();

        /// Most connections to one service. Default 256. A larger value uses more sockets on both sides.
        @WithDefault("256")
        int connections();

        /// Most requests that wait for a connection. Default 1000; more are answered 503.
        @WithDefault("1000")
        int waiting();
    }

    /// Browsers of other origins.
    interface Cors {

        /// Origins that may call from a browser, such as `https://app.example.com`. Default none.
        Optional<List<String>> origins();
    }
}
