@NullMarked
package io.menso.matching;

import org.jspecify.annotations.NullMarked;
