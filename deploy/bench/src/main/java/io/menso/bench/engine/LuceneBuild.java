package io.menso.bench.engine;

import io.menso.bench.data.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/// Writes a Lucene index of one segment in which the document's number is the row.
final class LuceneBuild {

    static final String FIELD = "template";

    /// Lucene's own defaults: edges of a node, and candidates while it is joined to the graph.
    private static final int CONNECTIONS = 16;

    private static final int BEAM = 100;
    private static final double BUFFER_MEGABYTES = 512;

    private LuceneBuild() {}

    /// Small segments get no graph; the one that remains gets it from all processors at once.
    static void write(Path folder, Vectors rows) throws IOException {
        int workers = Runtime.getRuntime().availableProcessors();
        Files.createDirectories(folder);
        try (ExecutorService pool = Executors.newFixedThreadPool(workers);
                Directory directory = new MMapDirectory(folder);
                IndexWriter writer = new IndexWriter(directory, configuration(workers, pool))) {
            for (int row = 0; row < rows.count(); row++) {
                Document document = new Document();
                document.add(new KnnFloatVectorField(FIELD, rows.get(row), VectorSimilarityFunction.DOT_PRODUCT));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
            writer.commit();
        }
    }

    /// Merging neighbours only keeps the order of the rows.
    private static IndexWriterConfig configuration(int workers, ExecutorService pool) {
        KnnVectorsFormat format =
                new Lucene99HnswVectorsFormat(CONNECTIONS, BEAM, workers, workers > 1 ? pool : null, 0);
        return new IndexWriterConfig()
                .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
                .setRAMBufferSizeMB(BUFFER_MEGABYTES)
                .setMergePolicy(new LogDocMergePolicy())
                .setUseCompoundFile(false)
                .setCodec(new Lucene104Codec() {
                    @Override
                    public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                        return format;
                    }
                });
    }
}
