/// How suitable a face is for recognition: sharpness, exposure, size and pose.
@NullMarked
package io.menso.inference.quality;

import org.jspecify.annotations.NullMarked;
