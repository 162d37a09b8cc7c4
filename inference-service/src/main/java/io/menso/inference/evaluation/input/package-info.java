/// What an evaluation is asked to do, and the pictures it reads.
@NullMarked
package io.menso.inference.evaluation.input;

import org.jspecify.annotations.NullMarked;
