/// Real servers and valid tokens for tests.
@NullMarked
package io.menso.testing;

import org.jspecify.annotations.NullMarked;
