/// Images of a multipart request, held in memory within a global bound.
@NullMarked
package io.menso.inference.upload;

import org.jspecify.annotations.NullMarked;
