/// The suite as processes of one machine: what runs where, how it starts, and how one knows that it lives.
@NullMarked
package io.menso.local.stack;

import org.jspecify.annotations.NullMarked;
