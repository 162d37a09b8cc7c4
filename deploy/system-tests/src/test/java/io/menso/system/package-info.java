/// Tests of the whole suite, driven over HTTP as its users do.
@NullMarked
package io.menso.system;

import org.jspecify.annotations.NullMarked;
