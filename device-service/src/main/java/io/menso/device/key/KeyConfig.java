package io.menso.device.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Limits of device keys.
@ConfigMapping(prefix = "menso.device.keys")
interface KeyConfig {

    /// Keys that one device may have at a time. More costs an event each when the device moves.
    @WithDefault("10")
    int maxPerDevice();
}
