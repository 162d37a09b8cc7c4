/// Tests of the gateway as a whole, and what stands in for the world around it.
@NullMarked
package io.menso.gateway;

import org.jspecify.annotations.NullMarked;
