/// Whether a face is in front of the camera or is a picture of one.
@NullMarked
package io.menso.inference.liveness;

import org.jspecify.annotations.NullMarked;
