/// Model bundles: folders with a `model.yaml` and weights, verified before anything is loaded from them.
@NullMarked
package io.menso.inference.bundle;

import org.jspecify.annotations.NullMarked;
