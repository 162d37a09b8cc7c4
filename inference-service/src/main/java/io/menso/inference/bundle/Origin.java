package io.menso.inference.bundle;

import java.util.Locale;

/// Where a bundle came from; in the order in which they are taken when nobody chose.
public enum Origin {
    /// Installed by the operator under the folder of models.
    PULLED,
    /// Shipped inside the service.
    BUILT_IN;

    /// As people read it: `pulled` or `built-in`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
