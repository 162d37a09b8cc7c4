/// Apache Pinot for one machine: what a cluster consists of, in one process or in several.
@NullMarked
package io.menso.pinot.node;

import org.jspecify.annotations.NullMarked;
