/// Networks behind bounded queues, run in batches.
@NullMarked
package io.menso.inference.batch;

import org.jspecify.annotations.NullMarked;
