/// Devices, the keys that callers sign with, and the customers they belong to: what the features share.
@NullMarked
package io.menso.device;

import org.jspecify.annotations.NullMarked;
