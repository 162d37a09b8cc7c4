/// Networks through DJL: ONNX Runtime for ONNX, libtorch for TorchScript.
@NullMarked
package io.menso.inference.engine;

import org.jspecify.annotations.NullMarked;
