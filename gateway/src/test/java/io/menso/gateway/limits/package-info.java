/// Tests of the limiter.
@NullMarked
package io.menso.gateway.limits;

import org.jspecify.annotations.NullMarked;
