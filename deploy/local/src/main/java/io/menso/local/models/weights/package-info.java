/// Trained numbers by their names, whatever file they were read from.
@NullMarked
package io.menso.local.models.weights;

import org.jspecify.annotations.NullMarked;
