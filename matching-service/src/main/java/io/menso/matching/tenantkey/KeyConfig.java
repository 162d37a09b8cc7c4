package io.menso.matching.tenantkey;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;

/// Where the key that wraps the tenants' data keys comes from.
@ConfigMapping(prefix = "menso.matching")
public interface KeyConfig {

    /// File with 32 bytes in Base64. Without this key no template can be read any more.
    Path masterKeyFile();
}
