package io.menso.bench.engine;

import io.menso.bench.data.Match;
import io.menso.bench.data.Vectors;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Something that finds the most similar rows. Searches may run at the same time.
public interface Engine extends AutoCloseable {

    /// One search.
    interface Search {
        /// @param query     unit length
        /// @param k         how many at most
        /// @param threshold lowest cosine that counts
        /// @return best first
        List<Match> find(float[] query, int k, double threshold);
    }

    /// How results name what it did, for example `strict` or `ef=128`.
    String mode();

    /// Whether its answers are promised to be those of a float64 scan.
    boolean isExact();

    void build(Vectors rows);

    /// Itself, or itself with other efforts, once it is built. Only this engine is closed.
    default List<Engine> variants() {
        return List.of(this);
    }

    /// @param filter rows to search among; null for all
    Search searcher(int @Nullable [] filter);

    /// Seconds that building took when that was not now, but in an earlier process that kept the result.
    default OptionalDouble builtBefore() {
        return OptionalDouble.empty();
    }

    /// Bytes of files that it maps into memory.
    default long mappedBytes() {
        return 0;
    }

    /// Rows whose float32 numbers have been read by all searches so far; -1 where it does not tell.
    default long float32Rows() {
        return -1;
    }

    @Override
    void close();
}
