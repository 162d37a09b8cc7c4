/// The composite face analysis: one decode, everything about each frame.
@NullMarked
package io.menso.inference.analysis;

import org.jspecify.annotations.NullMarked;
