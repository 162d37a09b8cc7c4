/// Writes networks as ONNX files: as much of the format as feed-forward networks for pictures need.
@NullMarked
package io.menso.local.models.onnx;

import org.jspecify.annotations.NullMarked;
