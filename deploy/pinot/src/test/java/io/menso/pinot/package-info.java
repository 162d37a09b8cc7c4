@NullMarked
package io.menso.pinot;

import org.jspecify.annotations.NullMarked;
