/// Models: which third-party ones are pinned, which are installed or built in, and which are in use.
@NullMarked
package io.menso.local.models;

import org.jspecify.annotations.NullMarked;
