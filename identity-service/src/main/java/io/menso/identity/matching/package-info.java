/// What this service asks of the matching service.
@NullMarked
package io.menso.identity.matching;

import org.jspecify.annotations.NullMarked;
