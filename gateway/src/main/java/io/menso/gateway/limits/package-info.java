/// How much one key may ask for.
@NullMarked
package io.menso.gateway.limits;

import org.jspecify.annotations.NullMarked;
