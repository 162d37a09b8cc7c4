/// The models of the API: what is installed, what each accepts, and running one.
@NullMarked
package io.menso.inference.model;

import org.jspecify.annotations.NullMarked;
