/// `menso models evaluate`: how good models are, measured through the service's own stages.
@NullMarked
package io.menso.inference.evaluation;

import org.jspecify.annotations.NullMarked;
