package io.menso.bench.engine;

import io.menso.bench.data.Match;
import io.menso.bench.data.Vectors;
import io.menso.bench.measure.Memory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/// A graph of neighbours (HNSW) in Lucene. It is built once, with all cores, and kept for the processes that
/// measure it with fewer.
final class LuceneEngine implements Engine {

    /// Neighbours that a search keeps in view: more of them find more, in more time.
    private static final List<Integer> EFFORTS = List.of(32, 128, 512);

    private static final String BUILT = "built-seconds";

    private final Path folder;
    private @Nullable Directory directory;
    private @Nullable DirectoryReader reader;
    private OptionalDouble builtBefore = OptionalDouble.empty();

    LuceneEngine(Path folder) {
        this.folder = folder.resolve("lucene");
    }

    @Override
    public String mode() {
        return "hnsw";
    }

    @Override
    public boolean isExact() {
        return false;
    }

    @Override
    public void build(Vectors rows) {
        try {
            Path built = folder.resolve(BUILT);
            if (Files.exists(built)) {
                builtBefore = OptionalDouble.of(Double.parseDouble(Files.readString(built)));
            } else {
                long start = System.nanoTime();
                LuceneBuild.write(folder, rows);
                Files.writeString(built, Double.toString((System.nanoTime() - start) / 1e9));
            }
            directory = new MMapDirectory(folder);
            reader = DirectoryReader.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public OptionalDouble builtBefore() {
        return builtBefore;
    }

    @Override
    public List<Engine> variants() {
        return EFFORTS.stream().<Engine>map(Variant::new).toList();
    }

    @Override
    public Search searcher(int @Nullable [] filter) {
        return searcher(filter, EFFORTS.getFirst());
    }

    private Search searcher(int @Nullable [] filter, int effort) {
        if (reader == null) {
            throw new IllegalStateException("not built");
        }
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        RowFilter rows = filter == null ? null : new RowFilter(filter, reader.maxDoc());
        return (query, k, threshold) -> {
            try {
                ScoreDoc[] hits = searcher.search(
                                new KnnFloatVectorQuery(LuceneBuild.FIELD, query, Math.max(k, effort), rows), k)
                        .scoreDocs;
                return Stream.of(hits)
                        .map(hit -> new Match(hit.doc, 2.0 * hit.score - 1))
                        .filter(match -> match.cosine() >= threshold)
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    @Override
    public long mappedBytes() {
        return Memory.mappedBelow(folder);
    }

    @Override
    public void close() {
        try {
            if (reader != null) {
                reader.close();
            }
            if (directory != null) {
                directory.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same graph, searched with more or less effort.
    private final class Variant implements Engine {

        private final int effort;

        Variant(int effort) {
            this.effort = effort;
        }

        @Override
        public String mode() {
            return "hnsw ef=" + effort;
        }

        @Override
        public boolean isExact() {
            return false;
        }

        @Override
        public void build(Vectors rows) {
            throw new UnsupportedOperationException("it is built");
        }

        @Override
        public Search searcher(int @Nullable [] filter) {
            return LuceneEngine.this.searcher(filter, effort);
        }

        @Override
        public void close() {
            // the graph belongs to the engine
        }
    }
}
