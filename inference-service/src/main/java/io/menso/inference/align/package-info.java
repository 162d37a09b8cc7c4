/// Plane geometry: the similarity that aligns a face, and resampling.
@NullMarked
package io.menso.inference.align;

import org.jspecify.annotations.NullMarked;
