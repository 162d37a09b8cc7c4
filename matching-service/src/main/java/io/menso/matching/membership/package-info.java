/// Which users count in which gallery and when.
@NullMarked
package io.menso.matching.membership;

import org.jspecify.annotations.NullMarked;
