/// Functions for Pinot's servers, in the one package that Pinot 0.11 looks through: `org.apache.pinot...function`.
@NullMarked
package org.apache.pinot.menso.function;

import org.jspecify.annotations.NullMarked;
