/// Tests of token checks.
@NullMarked
package io.menso.gateway.authentication;

import org.jspecify.annotations.NullMarked;
