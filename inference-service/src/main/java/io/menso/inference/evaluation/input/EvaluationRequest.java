package io.menso.inference.evaluation.input;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.menso.inference.bundle.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What is evaluated, as the launcher passes it: one JSON object.
///
/// @param pictures     folder of `person_NN.jpg`
/// @param aligned      whether these are aligned faces already, in the template of ArcFace
/// @param persons      file that lists the persons to include, one a line
/// @param pairs        file of pairs `path1,path2,same` in place of a folder
/// @param calibrateWith further folders for the calibration
/// @param livenessData folder with `live/` and `attack-<type>/`
/// @param detectorData folder of pictures with faces to count
/// @param against      detector `NAME[@REVISION]` whose landmarks are taken for right
/// @param bundles      `NAME[@REVISION]` by task, in place of those in use
/// @param threads      pictures worked on at once; one per processor when absent
/// @param outputs      files to write
public record EvaluationRequest(
        @JsonProperty("pictures") Optional<Path> pictures,
        @JsonProperty(value = "aligned", required = true) boolean aligned,
        @JsonProperty("persons") Optional<Path> persons,
        @JsonProperty("pairs") Optional<Path> pairs,

        @JsonProperty(value = "calibrate_with", required = true)
        List<Path> calibrateWith,

        @JsonProperty("liveness_data") Optional<Path> livenessData,
        @JsonProperty("detector_data") Optional<Path> detectorData,
        @JsonProperty("against") Optional<String> against,
        @JsonProperty(value = "bundles", required = true) Map<Task, String> bundles,
        @JsonProperty("threads") OptionalInt threads,
        @JsonProperty(value = "outputs", required = true) Outputs outputs) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /// Files to write besides what the terminal shows.
    ///
    /// @param json             the report as data
    /// @param plot             curves and histograms as PNG
    /// @param calibration      rows for `model.yaml`
    /// @param printCalibration whether the same rows are printed
    public record Outputs(
            @JsonProperty("json") Optional<Path> json,
            @JsonProperty("plot") Optional<Path> plot,
            @JsonProperty("calibration") Optional<Path> calibration,

            @JsonProperty(value = "print_calibration", required = true)
            boolean printCalibration) {

        /// Whether the table is wanted, so that too few pairs for one are an error.
        public boolean wantsCalibration() {
            return printCalibration || calibration.isPresent();
        }
    }

    public EvaluationRequest {
        calibrateWith = List.copyOf(calibrateWith);
        bundles = Map.copyOf(bundles);
    }

    /// Reads the object.
    ///
    /// @throws EvaluationException when it is none, or asks for nothing or for what does not go together
    public static EvaluationRequest parse(String json) {
        try {
            EvaluationRequest request = JSON.readValue(json, EvaluationRequest.class);
            if (request == null) {
                throw new EvaluationException("the request is empty");
            }
            request.requireSense();
            return request;
        } catch (JsonProcessingException e) {
            throw new EvaluationException("the request cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /// Whether faces are compared.
    public boolean compares() {
        return pictures.isPresent() || pairs.isPresent();
    }

    private void requireSense() {
        require(
                compares() || livenessData.isPresent() || detectorData.isPresent(),
                "nothing to evaluate: name a folder of faces, pairs, or data for liveness or detector");
        require(pictures.isEmpty() || pairs.isEmpty(), "either a folder of faces or a file of pairs, not both");
        require(persons.isEmpty() || pictures.isPresent(), "a list of persons needs a folder of faces");
        require(against.isEmpty() || detectorData.isPresent(), "landmarks to compare with need data for the detector");
        require(
                compares() || (!outputs.wantsCalibration() && calibrateWith.isEmpty()),
                "a calibration needs a folder of faces or pairs");
        require(threads.orElse(1) >= 1, "at least one thread is needed");
    }

    private static void require(boolean sensible, String problem) {
        if (!sensible) {
            throw new EvaluationException(problem);
        }
    }
}
