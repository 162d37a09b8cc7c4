/// What networks estimate of a face besides who it is: age, gender, emotion, pose of the head, 68 points.
@NullMarked
package io.menso.inference.attributes;

import org.jspecify.annotations.NullMarked;
