/// Runs customers' JavaScript where it can reach nothing: QuickJS inside WebAssembly inside this process.
@NullMarked
package io.menso.pipeline.sandbox;

import org.jspecify.annotations.NullMarked;
