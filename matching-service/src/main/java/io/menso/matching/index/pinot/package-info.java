/// Search in Apache Pinot, for what outgrows the memory of one process.
@NullMarked
package io.menso.matching.index.pinot;

import org.jspecify.annotations.NullMarked;
