/// Audit records and metrics of what passed.
@NullMarked
package io.menso.gateway.observation;

import org.jspecify.annotations.NullMarked;
