@NullMarked
package io.menso.testing;

import org.jspecify.annotations.NullMarked;
