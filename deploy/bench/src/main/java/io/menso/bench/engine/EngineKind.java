package io.menso.bench.engine;

import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.util.Arrays;

/// What can be measured.
public enum EngineKind {
    /// The matching service's index as it is shipped.
    LOCAL("local"),
    /// The same with bounds that hold always, not only nearly always.
    LOCAL_STRICT("local-strict"),
    FLOAT32("float32"),
    INT8("int8"),
    LUCENE("lucene"),
    FAISS_FLAT("faiss-flat"),
    FAISS_IVF("faiss-ivf"),
    FAISS_HNSW("faiss-hnsw");

    private final String label;

    EngineKind(String label) {
        this.label = label;
    }

    /// As options and results write it.
    @JsonValue
    public String label() {
        return label;
    }

    /// Whether it is measured by a Python script rather than by a process of ours.
    public boolean isFaiss() {
        return this == FAISS_FLAT || this == FAISS_IVF || this == FAISS_HNSW;
    }

    public static EngineKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no engine " + label));
    }

    /// @param threads how many may work on a search
    /// @param folder  for files of the engine
    public Engine create(int threads, Path folder) {
        return switch (this) {
            case LOCAL -> new LocalEngine(false, threads, folder);
            case LOCAL_STRICT -> new LocalEngine(true, threads, folder);
            case FLOAT32 -> new FloatScan(threads);
            case INT8 -> new ByteScan(threads);
            case LUCENE -> new LuceneEngine(folder);
            default -> throw new IllegalArgumentException(label + " is not measured here");
        };
    }

    /// Memory that it needs, an estimate from above, in bytes.
    public long memory(int n, int dimension) {
        long floats = (long) n * dimension * Float.BYTES;
        return switch (this) {
            case INT8 -> floats / 4 + 8L * n;
            case LOCAL, LOCAL_STRICT -> floats + 300L * n;
            default -> floats + 200L * n;
        };
    }
}
