/// People that can be recognised.
@NullMarked
package io.menso.identity.user;

import org.jspecify.annotations.NullMarked;
