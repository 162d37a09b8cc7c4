/// Who calls: strict reading of callers' tokens, and the checks of decisions A1 to A14.
@NullMarked
package io.menso.gateway.authentication;

import org.jspecify.annotations.NullMarked;
