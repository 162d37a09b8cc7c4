package io.menso.matching.index.local;

import io.menso.commons.web.Tenant;
import java.util.Optional;
import javax.crypto.SecretKey;

/// Keys for the files of the index. None of them is stored in the clear.
public interface IndexKeys {

    /// A new random key, wrapped so that only [#unwrap] can use it.
    byte[] create();

    /// @throws IllegalStateException when the key was not wrapped here, or with another master key
    SecretKey unwrap(byte[] wrapped);

    /// A key of 32 bytes for one purpose, the same each time. It cannot be had any more once the tenant's data key
    /// is destroyed.
    ///
    /// @return nothing when the tenant's data key is not at hand
    Optional<SecretKey> derive(Tenant tenant, String purpose);
}
