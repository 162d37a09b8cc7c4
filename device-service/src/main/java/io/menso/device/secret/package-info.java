/// Envelope encryption of the secrets at rest.
@NullMarked
package io.menso.device.secret;

import org.jspecify.annotations.NullMarked;
