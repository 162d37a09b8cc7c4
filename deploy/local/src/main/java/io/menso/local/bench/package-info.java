/// How fast identify is, and where its time goes.
@NullMarked
package io.menso.local.bench;

import org.jspecify.annotations.NullMarked;
