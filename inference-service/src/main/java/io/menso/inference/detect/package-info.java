/// Finding faces and their five points.
@NullMarked
package io.menso.inference.detect;

import org.jspecify.annotations.NullMarked;
