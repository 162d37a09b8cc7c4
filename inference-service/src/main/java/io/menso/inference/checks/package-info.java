/// Which frames may be recognised, and the code of those that may not (decisions H6 to H10).
@NullMarked
package io.menso.inference.checks;

import org.jspecify.annotations.NullMarked;
