/// The inference service: where its program starts.
@NullMarked
package io.menso.inference;

import org.jspecify.annotations.NullMarked;
