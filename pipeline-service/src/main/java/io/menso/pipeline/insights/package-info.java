/// What the recognition events of a tenant say together: counts, outcomes, scores and latency, asked of Apache Pinot.
@NullMarked
package io.menso.pipeline.insights;

import org.jspecify.annotations.NullMarked;
