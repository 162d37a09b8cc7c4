package io.menso.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.menso.bench.data.Queries;
import io.menso.bench.engine.EngineKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The command `menso bench search`.
@Command(
        name = "menso bench search",
        description = {
            "Measures exact search against full scans of ours, Lucene and FAISS, on data like those of our models.",
            "Progress goes to standard error, the table to standard output. Several values: --n 100k,1M.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class SearchBench implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Option(
            names = "--n",
            split = ",",
            defaultValue = "100k,1M",
            paramLabel = "N",
            description = "templates, with k or M (default ${DEFAULT-VALUE})")
    private List<String> sizes = List.of();

    @Option(
            names = "--dim",
            split = ",",
            defaultValue = "128,512",
            paramLabel = "D",
            description = "numbers of a template, a multiple of 64 (default ${DEFAULT-VALUE})")
    private List<Integer> dimensions = List.of();

    @Option(
            names = "--queries",
            split = ",",
            defaultValue = "hit,nomatch,random",
            paramLabel = "KIND",
            description = "hit: the person is enrolled; nomatch: not; random: plain random data, the worst case"
                    + " (default ${DEFAULT-VALUE})")
    private List<String> kinds = List.of();

    @Option(
            names = "--engines",
            split = ",",
            defaultValue = "local,local-strict,float32,int8,lucene,faiss-flat,faiss-ivf,faiss-hnsw",
            paramLabel = "NAME",
            description = "what is measured (default ${DEFAULT-VALUE})")
    private List<String> engines = List.of();

    @Option(
            names = "--cores",
            split = ",",
            defaultValue = "1,all",
            paramLabel = "C",
            description = "cores that an engine may use (default ${DEFAULT-VALUE})")
    private List<String> cores = List.of();

    @Option(names = "--k", defaultValue = "5", description = "hits asked for (default ${DEFAULT-VALUE})")
    private int k;

    @Option(
            names = "--fmr",
            split = ",",
            paramLabel = "RATE",
            description = "thresholds by the share of strangers' pairs that reach them"
                    + " (default 1e-6,1e-4 and no threshold)")
    private List<Double> fmrs = List.of();

    @Option(
            names = "--threshold",
            split = ",",
            paramLabel = "COSINE",
            description = "thresholds as cosines, or none for the best however far")
    private List<String> thresholds = List.of();

    @Option(
            names = "--filters",
            split = ",",
            defaultValue = "none,0.1,1,10,100",
            paramLabel = "PERCENT",
            description = "shares of the gallery that are searched, or none; at the first threshold"
                    + " (default ${DEFAULT-VALUE})")
    private List<String> filters = List.of();

    @Option(
            names = "--count",
            defaultValue = "200",
            description = "different queries of each kind (default ${DEFAULT-VALUE})")
    private int count;

    @Option(
            names = "--seconds",
            defaultValue = "2",
            description = "how long each measurement takes at least (default ${DEFAULT-VALUE})")
    private double seconds;

    @Option(
            names = "--insert-rate",
            defaultValue = "20000",
            description = "templates a second enrolled while searching, 0: leave this out (default ${DEFAULT-VALUE})")
    private int insertRate;

    @Option(names = "--seed", defaultValue = "1", description = "of the data (default ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--python", defaultValue = "python3", description = "interpreter with faiss (default python3)")
    private String python = "python3";

    @Option(names = "--data", paramLabel = "DIR", description = "keep the data here, and use what is here again")
    private @Nullable Path data;

    @Option(names = "--json", paramLabel = "FILE", description = "write the results as a list of rows")
    private @Nullable Path json;

    @Option(names = "--markdown", description = "print the table as Markdown")
    private boolean markdown;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    private final Bench.Workers workers;

    private SearchBench(Bench.Workers workers) {
        this.workers = workers;
    }

    public static void main(String[] arguments) {
        System.exit(commandLine(Processes::worker).execute(arguments));
    }

    /// @param workers what measures
    static CommandLine commandLine(Bench.Workers workers) {
        CommandLine command = new CommandLine(new SearchBench(workers));
        command.setParameterExceptionHandler((exception, arguments) -> {
            command.getErr().println("menso: " + exception.getMessage());
            command.usage(command.getErr());
            return CommandLine.ExitCode.USAGE;
        });
        return command.setExecutionExceptionHandler((exception, _, _) -> {
            if (exception instanceof BenchException) {
                command.getErr().println("menso: " + exception.getMessage());
            } else {
                exception.printStackTrace(command.getErr());
            }
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    @Override
    public Integer call() throws IOException {
        Plan plan = plan();
        Path folder = data == null
                ? Files.createTempDirectory("menso-bench")
                : Files.createDirectories(data).toAbsolutePath();
        Thread cleaning = new Thread(() -> clean(folder));
        if (data == null) {
            Runtime.getRuntime().addShutdownHook(cleaning);
        }
        List<Row> rows = new ArrayList<>();
        try {
            new Bench(plan, folder, workers, faiss(plan, folder), this::report, row -> keep(rows, row)).run();
        } finally {
            spec.commandLine().getOut().print(markdown ? Table.markdown(rows) : Table.text(rows));
            spec.commandLine().getOut().flush();
            if (data == null) {
                clean(folder);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    Plan plan() {
        try {
            return new Plan(
                    parsed(sizes, SearchBench::size),
                    dimensions,
                    parsed(kinds, text -> Queries.valueOf(text.toUpperCase(Locale.ROOT))),
                    parsed(engines, EngineKind::of),
                    parsed(cores, SearchBench::cores).stream().distinct().toList(),
                    k,
                    limits(),
                    parsed(filters, text -> text.equals("none") ? null : Double.valueOf(text)),
                    count,
                    seconds,
                    insertRate,
                    seed);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private List<Limit> limits() {
        if (thresholds.isEmpty() && fmrs.isEmpty()) {
            return List.of(Limit.ofFmr(1e-6), Limit.ofFmr(1e-4), Limit.NONE);
        }
        return Stream.concat(
                        fmrs.stream().map(Limit::ofFmr),
                        thresholds.stream()
                                .map(text -> text.equals("none") ? Limit.NONE : Limit.of(Double.parseDouble(text))))
                .toList();
    }

    private @Nullable Faiss faiss(Plan plan, Path folder) {
        if (plan.engines().stream().noneMatch(EngineKind::isFaiss)) {
            return null;
        }
        Faiss faiss = Faiss.find(python, folder).orElse(null);
        if (faiss == null) {
            report("FAISS skipped: " + python + " cannot import faiss; install faiss-cpu, or name an interpreter that"
                    + " has it with --python");
        }
        return faiss;
    }

    private void report(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private void keep(List<Row> rows, Row row) {
        rows.add(row);
        report("  " + Table.line(row));
        if (json != null) {
            try {
                JSON.writeValue(json.toFile(), rows);
            } catch (IOException e) {
                throw new BenchException("cannot be written: " + json, e);
            }
        }
    }

    private static <T> List<T> parsed(List<String> texts, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (String text : texts) {
            try {
                values.add(parser.apply(text));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("not a number: " + text, e);
            }
        }
        return values;
    }

    private static int size(String text) {
        double factor = text.endsWith("M") ? 1e6 : text.endsWith("k") ? 1e3 : 1;
        String digits = factor == 1 ? text : text.substring(0, text.length() - 1);
        return (int) Math.round(Double.parseDouble(digits) * factor);
    }

    private static int cores(String text) {
        return text.equals("all") ? Runtime.getRuntime().availableProcessors() : Integer.parseInt(text);
    }

    private static void clean(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // nothing left to delete
        }
    }
}
