/// Third-party models: what is pinned, what is installed, and how the one becomes the other.
@NullMarked
package io.menso.local.models;

import org.jspecify.annotations.NullMarked;
