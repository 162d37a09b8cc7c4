/// The suite on one machine: a real database, a real broker, the six services, and the launcher's commands.
@NullMarked
package io.menso.local;

import org.jspecify.annotations.NullMarked;
