/// Pipelines as objects: the customers' own in the database, the built-in ones as files.
@NullMarked
package io.menso.pipeline.registry;

import org.jspecify.annotations.NullMarked;
