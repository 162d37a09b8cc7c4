/// Search and verification: the index proposes, the database confirms.
@NullMarked
package io.menso.matching.search;

import org.jspecify.annotations.NullMarked;
