/// A small client of the public API and of the operator's calls, as the launcher's commands need it.
@NullMarked
package io.menso.local.api;

import org.jspecify.annotations.NullMarked;
