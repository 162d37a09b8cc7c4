/// Streams requests to the services and their answers back.
@NullMarked
package io.menso.gateway.proxy;

import org.jspecify.annotations.NullMarked;
