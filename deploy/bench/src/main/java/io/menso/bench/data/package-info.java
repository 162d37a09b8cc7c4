/// Templates that behave like those of an embedding model, queries for them, and the right answers.
@NullMarked
package io.menso.bench.data;

import org.jspecify.annotations.NullMarked;
