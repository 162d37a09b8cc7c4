package io.menso.gateway.authentication;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The proxies whose word about the original host is believed.
final class TrustedProxies {

    private record Network(byte[] address, int bits) {

        static Network parse(String text) {
            int slash = text.indexOf('/');
            byte[] address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException("no network: " + text);
            }
            return new Network(address, bits);
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (((address[bit >> 3] ^ other[bit >> 3]) & 0x80 >> (bit & 7)) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks;

    /// @param networks addresses, or networks such as `10.0.0.0/8`
    /// @throws IllegalArgumentException when one is neither
    TrustedProxies(List<String> networks) {
        this.networks = networks.stream().map(Network::parse).toList();
    }

    /// Whether the peer with this address is one of them.
    boolean contains(@Nullable String address) {
        if (networks.isEmpty() || address == null) {
            return false;
        }
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return networks.stream().anyMatch(network -> network.contains(bytes));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
