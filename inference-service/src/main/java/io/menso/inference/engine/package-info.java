/// Networks through DJL: ONNX Runtime for ONNX, libtorch for everything of PyTorch.
@NullMarked
package io.menso.inference.engine;

import org.jspecify.annotations.NullMarked;
