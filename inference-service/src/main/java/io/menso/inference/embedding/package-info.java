/// Face templates.
@NullMarked
package io.menso.inference.embedding;

import org.jspecify.annotations.NullMarked;
