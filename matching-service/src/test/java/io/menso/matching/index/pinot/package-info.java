@NullMarked
package io.menso.matching.index.pinot;

import org.jspecify.annotations.NullMarked;
