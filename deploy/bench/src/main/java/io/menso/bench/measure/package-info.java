/// How an engine is measured, and how its answers are judged.
@NullMarked
package io.menso.bench.measure;

import org.jspecify.annotations.NullMarked;
