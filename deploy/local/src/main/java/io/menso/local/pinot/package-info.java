/// Apache Pinot on this machine: its processes, and Menso's tables in it.
@NullMarked
package io.menso.local.pinot;

import org.jspecify.annotations.NullMarked;
