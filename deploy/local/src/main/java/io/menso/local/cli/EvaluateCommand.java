package io.menso.local.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.menso.local.stack.InferenceProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures how good models are. The options become one JSON object, which the inference service's own code works on.
@Command(
        name = "evaluate",
        description = {
            "Measures models through the service's own decoding, detection, alignment and pre-processing.",
            "FOLDER holds pictures person_NN.jpg: the person is everything before the last underscore.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// How the pictures show faces.
    enum Images {
        FULL,
        ALIGNED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What is measured.
    static final class Data {

        @Option(names = "--pairs", paramLabel = "FILE", description = "compare only these: CSV of path1,path2,same")
        private @Nullable Path pairs;

        @Option(names = "--persons", paramLabel = "FILE", description = "only these persons of FOLDER, one a line")
        private @Nullable Path persons;

        @Option(
                names = "--images",
                paramLabel = "KIND",
                defaultValue = "full",
                description = "full: find the largest face; aligned: it is already in the ArcFace template"
                        + " (default ${DEFAULT-VALUE})")
        private Images images = Images.FULL;

        @Option(
                names = "--calibrate-with",
                paramLabel = "DIR",
                description = "further pictures for the calibration; of all sets the worst counts (repeatable)")
        private List<Path> calibrateWith = new ArrayList<>();

        @Option(names = "--liveness-data", paramLabel = "DIR", description = "pictures in live/ and in attack-<type>/")
        private @Nullable Path livenessData;

        @Option(
                names = "--detector-data",
                paramLabel = "DIR",
                description = "pictures with faces to find; faces.csv (file,faces) counts them, or noface/ has none")
        private @Nullable Path detectorData;

        boolean isEmpty() {
            return pairs == null && livenessData == null && detectorData == null;
        }
    }

    /// Models in place of those in use.
    static final class Bundles {

        @Option(names = "--embedding", paramLabel = "NAME[@REV]", description = "embedding instead of the one in use")
        private @Nullable String embedding;

        @Option(names = "--detector", paramLabel = "NAME[@REV]", description = "detector instead of the one in use")
        private @Nullable String detector;

        @Option(names = "--liveness", paramLabel = "NAME[@REV]", description = "liveness instead of the one in use")
        private @Nullable String liveness;

        @Option(names = "--quality", paramLabel = "NAME[@REV]", description = "quality instead of the one in use")
        private @Nullable String quality;

        @Option(
                names = "--against",
                paramLabel = "NAME[@REV]",
                description = "detector whose landmarks are taken for right, with --detector-data")
        private @Nullable String against;
    }

    /// What becomes of it besides the terminal.
    static final class Outputs {

        @Option(names = "--json", paramLabel = "FILE", description = "write the same as data")
        private @Nullable Path json;

        @Option(names = "--plot", paramLabel = "FILE", description = "draw the curves as PNG")
        private @Nullable Path plot;

        @Option(names = "--write-calibration", description = "print the calibration for model.yaml")
        private boolean printCalibration;

        @Option(names = "--calibration", paramLabel = "FILE", description = "write the calibration for model.yaml")
        private @Nullable Path calibration;
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "faces, compared all with all")
    private @Nullable Path folder;

    @ArgGroup(exclusive = false, validate = false, heading = "%nWhat is measured:%n")
    private Data data = new Data();

    @ArgGroup(exclusive = false, validate = false, heading = "%nModels:%n")
    private Bundles bundles = new Bundles();

    @ArgGroup(exclusive = false, validate = false, heading = "%nResults:%n")
    private Outputs outputs = new Outputs();

    @Option(names = "--threads", paramLabel = "N", description = "pictures at once (default: one per processor)")
    private @Nullable Integer threads;

    @Override
    public Integer call() {
        if (folder == null && data.isEmpty()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "nothing to evaluate: give a FOLDER, --pairs, --liveness-data or --detector-data");
        }
        return new InferenceProgram(Menso.home()).run(List.of("evaluate", request()));
    }

    /// What `io.menso.inference.evaluation.input.EvaluationRequest` reads. Paths are absolute, so that it does not
    /// matter where the program runs.
    String request() {
        ObjectNode request = JSON.createObjectNode();
        put(request, "pictures", folder);
        request.put("aligned", data.images == Images.ALIGNED);
        put(request, "persons", data.persons);
        put(request, "pairs", data.pairs);
        var further = request.putArray("calibrate_with");
        data.calibrateWith.forEach(path -> further.add(path.toAbsolutePath().toString()));
        put(request, "liveness_data", data.livenessData);
        put(request, "detector_data", data.detectorData);
        put(request, "against", bundles.against);
        ObjectNode chosen = request.putObject("bundles");
        put(chosen, "embedding", bundles.embedding);
        put(chosen, "detector", bundles.detector);
        put(chosen, "liveness", bundles.liveness);
        put(chosen, "quality", bundles.quality);
        if (threads != null) {
            request.put("threads", threads);
        }
        ObjectNode files = request.putObject("outputs");
        put(files, "json", outputs.json);
        put(files, "plot", outputs.plot);
        put(files, "calibration", outputs.calibration);
        files.put("print_calibration", outputs.printCalibration);
        return request.toString();
    }

    private static void put(ObjectNode object, String member, @Nullable Path path) {
        put(object, member, path == null ? null : path.toAbsolutePath().toString());
    }

    private static void put(ObjectNode object, String member, @Nullable String value) {
        if (value != null) {
            object.put(member, value);
        }
    }
}
