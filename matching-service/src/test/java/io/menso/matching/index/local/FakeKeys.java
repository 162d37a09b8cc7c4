package io.menso.matching.index.local;

import io.menso.commons.data.EnvelopeCipher;
import io.menso.commons.web.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// A master key and tenants' keys that follow from a text; tenants whose key was destroyed have none.
final class FakeKeys implements IndexKeys {

    private final String text;
    private final EnvelopeCipher master;
    private final Set<Tenant> destroyed = new HashSet<>();

    FakeKeys(String text) {
        this.text = text;
        this.master = new EnvelopeCipher(mac("master"));
    }

    void destroy(Tenant tenant) {
        destroyed.add(tenant);
    }

    @Override
    public byte[] create() {
        return master.newDataKey("index");
    }

    @Override
    public SecretKey unwrap(byte[] wrapped) {
        return master.unwrap(wrapped, "index");
    }

    @Override
    public Optional<SecretKey> derive(Tenant tenant, String purpose) {
        return destroyed.contains(tenant)
                ? Optional.empty()
                : Optional.of(new SecretKeySpec(mac(tenant.id() + "|" + purpose), "AES"));
    }

    private byte[] mac(String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
