/// What an evaluation found, for the terminal, as data and as a picture.
@NullMarked
package io.menso.inference.evaluation.report;

import org.jspecify.annotations.NullMarked;
