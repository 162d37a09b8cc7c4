/// The exact search engine in this process's memory; `deploy/docs/matching.md` derives its bounds.
@NullMarked
package io.menso.matching.index.local;

import org.jspecify.annotations.NullMarked;
