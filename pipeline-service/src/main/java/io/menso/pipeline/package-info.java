/// Customers' pipelines: JavaScript that calls the suite's own models and matching.
@NullMarked
package io.menso.pipeline;

import org.jspecify.annotations.NullMarked;
