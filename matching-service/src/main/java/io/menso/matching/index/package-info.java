/// Exact search over the templates in memory, and how the memory follows the database.
@NullMarked
package io.menso.matching.index;

import org.jspecify.annotations.NullMarked;
