/// What matching-service and Pinot's servers share: how templates are sealed, and the tables they lie in.
@NullMarked
package io.menso.pinot;

import org.jspecify.annotations.NullMarked;
