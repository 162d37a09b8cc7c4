/// Memberships of users in galleries for a time.
@NullMarked
package io.menso.identity.token;

import org.jspecify.annotations.NullMarked;
