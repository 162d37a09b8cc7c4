/// Error rates of comparisons, of presentation attacks and of detection, in the terms of ISO/IEC 19795-1 and 30107-3.
/// Pure: nothing here knows of pictures or networks.
@NullMarked
package io.menso.inference.evaluation.statistics;

import org.jspecify.annotations.NullMarked;
