package io.menso.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.bench.data.DataSet;
import io.menso.bench.data.Parallel;
import io.menso.bench.engine.Engine;
import io.menso.bench.engine.EngineKind;
import io.menso.bench.measure.ReadRate;
import io.menso.bench.measure.WrongAnswerException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/// What runs in a process of its own: making data, or measuring one configuration. Results are lines of JSON on
/// standard output.
public final class Worker {

    static final String PREPARE = "prepare";
    static final String MEASURE = "measure";
    static final String READ_RATE = "read-rate";
    static final int WRONG_ANSWER = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EngineFactory engines;
    private final PrintStream out;
    private final PrintStream err;

    /// Makes what is measured.
    interface EngineFactory {
        Engine create(EngineKind kind, int threads, Path folder);
    }

    Worker(EngineFactory engines, PrintStream out, PrintStream err) {
        this.engines = engines;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) throws IOException {
        System.exit(new Worker(EngineKind::create, System.out, System.err).run(List.of(arguments)));
    }

    /// @return the exit status of the process
    int run(List<String> arguments) throws IOException {
        try {
            switch (arguments.getFirst()) {
                case PREPARE -> prepare(Path.of(arguments.get(1)), arguments.get(2));
                case MEASURE -> measure(JSON.readValue(arguments.get(1), Settings.class));
                case READ_RATE -> print(ReadRate.measure(Integer.parseInt(arguments.get(1))));
                default -> throw new IllegalArgumentException(arguments.getFirst());
            }
            return 0;
        } catch (WrongAnswerException e) {
            err.println(e.getMessage());
            return WRONG_ANSWER;
        }
    }

    private void prepare(Path folder, String description) throws IOException {
        try (Parallel parallel = new Parallel(Runtime.getRuntime().availableProcessors())) {
            DataSet data = DataSet.prepare(folder, JSON.readValue(description, DataSet.Description.class), parallel);
            print(data.impostors());
        }
    }

    private void measure(Settings settings) {
        DataSet data = DataSet.open(Path.of(settings.data()));
        Measurer measurer = new Measurer(settings, data, this::print);
        Path scratch = Path.of(settings.scratch());
        if (settings.engine() != EngineKind.LUCENE) { // it keeps what it builds
            try (Engine engine = engines.create(settings.engine(), settings.cores(), scratch)) {
                measurer.rehearse(engine);
            }
        }
        try (Engine engine = engines.create(settings.engine(), settings.cores(), scratch)) {
            measurer.measure(engine);
        }
    }

    private void print(Object value) {
        try {
            out.println(JSON.writeValueAsString(value));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
