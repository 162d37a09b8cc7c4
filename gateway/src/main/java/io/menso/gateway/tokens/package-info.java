/// Internal tokens, which the services behind the gateway trust.
@NullMarked
package io.menso.gateway.tokens;

import org.jspecify.annotations.NullMarked;
