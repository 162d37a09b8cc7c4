/// Tests of the route table.
@NullMarked
package io.menso.gateway.routing;

import org.jspecify.annotations.NullMarked;
