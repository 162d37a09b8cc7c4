/// Faces and their encrypted templates, as the database holds them.
@NullMarked
package io.menso.matching.face;

import org.jspecify.annotations.NullMarked;
