package io.menso.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.menso.bench.data.DataSet;
import io.menso.bench.data.Parallel;
import io.menso.bench.engine.Engine;
import io.menso.bench.measure.ReadRate;
import io.menso.bench.measure.WrongAnswerException;
import java.io.IOException;
import java.nio.file.Path;

/// What runs in a process of its own: making data, or measuring one configuration. Results are lines of JSON on
/// standard output.
public final class Worker {

    static final String PREPARE = "prepare";
    static final String MEASURE = "measure";
    static final String READ_RATE = "read-rate";
    static final int WRONG_ANSWER = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    private Worker() {}

    public static void main(String[] arguments) throws IOException {
        try {
            switch (arguments[0]) {
                case PREPARE -> prepare(Path.of(arguments[1]), arguments[2]);
                case MEASURE -> measure(JSON.readValue(arguments[1], Settings.class));
                case READ_RATE -> print(ReadRate.measure(Integer.parseInt(arguments[1])));
                default -> throw new IllegalArgumentException(arguments[0]);
            }
        } catch (WrongAnswerException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_ANSWER);
        }
    }

    private static void prepare(Path folder, String description) throws IOException {
        try (Parallel parallel = new Parallel(Runtime.getRuntime().availableProcessors())) {
            DataSet data = DataSet.prepare(folder, JSON.readValue(description, DataSet.Description.class), parallel);
            print(data.impostors());
        }
    }

    private static void measure(Settings settings) {
        DataSet data = DataSet.open(Path.of(settings.data()));
        try (Engine engine = settings.engine().create(settings.cores(), Path.of(settings.scratch()))) {
            new Measurer(settings, data, Worker::print).measure(engine);
        }
    }

    private static void print(Object value) {
        try {
            System.out.println(JSON.writeValueAsString(value));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
