/// Weights that PyTorch wrote, read without PyTorch's pickle, and the networks that they belong to.
@NullMarked
package io.menso.inference.torch;

import org.jspecify.annotations.NullMarked;
