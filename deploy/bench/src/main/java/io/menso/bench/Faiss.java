package io.menso.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// FAISS, measured by a Python script on the same data.
final class Faiss {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT = "faiss_bench.py";

    private final String python;
    private final Path script;

    private Faiss(String python, Path script) {
        this.python = python;
        this.script = script;
    }

    /// @param python interpreter; it must have faiss and numpy
    /// @param folder where the script goes
    static Optional<Faiss> find(String python, Path folder) {
        try {
            int status = Processes.run(List.of(python, "-c", CHECK), _ -> {});
            return status == 0 ? Optional.of(new Faiss(python, unpack(folder))) : Optional.empty();
        } catch (BenchException e) {
            return Optional.empty();
        }
    }

    private static final String CHECK = """
            try:
                import faiss, numpy
            except ImportError:
                raise SystemExit(1)
            """;

    private static Path unpack(Path folder) {
        Path script = folder.resolve(SCRIPT);
        try (InputStream resource = Faiss.class.getResourceAsStream("/" + SCRIPT)) {
            if (resource == null) {
                throw new IllegalStateException("no " + SCRIPT);
            }
            Files.copy(resource, script, StandardCopyOption.REPLACE_EXISTING);
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param cores each of these numbers of cores, after one build
    int measure(Settings settings, List<Integer> cores, Consumer<String> lines) {
        ObjectNode request = JSON.valueToTree(settings);
        request.set("cores", JSON.valueToTree(cores));
        return Processes.run(List.of(python, "-B", script.toString(), request.toString()), lines);
    }
}
