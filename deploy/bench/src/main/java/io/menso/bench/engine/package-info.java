/// What can search: our index, plain scans that it has to beat, and Lucene.
@NullMarked
package io.menso.bench.engine;

import org.jspecify.annotations.NullMarked;
