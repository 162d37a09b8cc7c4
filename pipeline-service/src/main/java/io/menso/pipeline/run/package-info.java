/// Executions: reading the images, running the pipeline, answering, and telling what was recognised.
@NullMarked
package io.menso.pipeline.run;

import org.jspecify.annotations.NullMarked;
