/// Tests of the key cache.
@NullMarked
package io.menso.gateway.keys;

import org.jspecify.annotations.NullMarked;
