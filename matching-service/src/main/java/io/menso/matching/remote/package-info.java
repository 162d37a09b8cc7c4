/// The other services, as this one needs them.
@NullMarked
package io.menso.matching.remote;

import org.jspecify.annotations.NullMarked;
