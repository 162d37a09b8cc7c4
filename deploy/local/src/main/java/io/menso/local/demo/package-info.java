/// A first session, from registering a user to recognising a face, through the public API alone.
@NullMarked
package io.menso.local.demo;

import org.jspecify.annotations.NullMarked;
