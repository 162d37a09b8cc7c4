/// What the launcher shows of recognitions.
@NullMarked
package io.menso.local.insights;

import org.jspecify.annotations.NullMarked;
