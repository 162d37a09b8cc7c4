/// Finds the place in a script where it failed; QuickJS itself knows only some of them.
@NullMarked
package io.menso.pipeline.sandbox.position;

import org.jspecify.annotations.NullMarked;
