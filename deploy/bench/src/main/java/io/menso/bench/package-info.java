/// `menso bench search`: our exact search beside others, on the same machine, in one run.
@NullMarked
package io.menso.bench;

import org.jspecify.annotations.NullMarked;
