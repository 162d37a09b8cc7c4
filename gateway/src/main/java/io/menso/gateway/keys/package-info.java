/// Callers' keys: looked up at device-service, remembered only while the stream of changes is provably live.
@NullMarked
package io.menso.gateway.keys;

import org.jspecify.annotations.NullMarked;
