/// Keys that sign the callers' tokens: a device's own, and the look-up with which the gateway checks any.
@NullMarked
package io.menso.device.key;

import org.jspecify.annotations.NullMarked;
