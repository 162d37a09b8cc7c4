package io.menso.matching.index;

import io.menso.commons.web.Tenant;
import io.menso.matching.index.local.IndexKeys;
import io.menso.matching.tenantkey.TenantKeys;
import java.util.Optional;
import javax.crypto.SecretKey;

/// Keys of index files that follow from the tenants' data keys: with these the files are destroyed too.
record TenantIndexKeys(TenantKeys keys) implements IndexKeys {

    private static final String LIST = "list of index files";

    @Override
    public byte[] create() {
        return keys.newKey(LIST);
    }

    @Override
    public SecretKey unwrap(byte[] wrapped) {
        return keys.unwrap(wrapped, LIST);
    }

    @Override
    public Optional<SecretKey> derive(Tenant tenant, String purpose) {
        return keys.known(tenant).map(cipher -> cipher.derive(purpose));
    }
}
