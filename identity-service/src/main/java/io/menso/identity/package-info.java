/// Who may be recognised: users and their tokens.
@NullMarked
package io.menso.identity;

import org.jspecify.annotations.NullMarked;
