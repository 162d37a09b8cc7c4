/// What a script may call: the suite's own REST paths, in its caller's name.
@NullMarked
package io.menso.pipeline.calls;

import org.jspecify.annotations.NullMarked;
