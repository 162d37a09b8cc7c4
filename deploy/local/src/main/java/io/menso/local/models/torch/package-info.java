/// Networks that PyTorch saved, read without running the pickles they are made of.
@NullMarked
package io.menso.local.models.torch;

import org.jspecify.annotations.NullMarked;
