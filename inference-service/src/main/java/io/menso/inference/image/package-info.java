/// From the bytes of an attached image to RGB pixels, within bounds of time and memory.
@NullMarked
package io.menso.inference.image;

import org.jspecify.annotations.NullMarked;
