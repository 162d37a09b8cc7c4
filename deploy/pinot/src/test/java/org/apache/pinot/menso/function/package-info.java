@NullMarked
package org.apache.pinot.menso.function;

import org.jspecify.annotations.NullMarked;
