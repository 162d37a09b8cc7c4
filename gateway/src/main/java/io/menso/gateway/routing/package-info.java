/// What exists under /v3, who may call it, and what a request must look like.
@NullMarked
package io.menso.gateway.routing;

import org.jspecify.annotations.NullMarked;
