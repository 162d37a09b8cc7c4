package io.menso.inference.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `model.yaml` as written; a member too few, too many or out of range is refused.
record ModelYaml(
        @JsonProperty(value = "name", required = true) String name,
        @JsonProperty(value = "task", required = true) Task task,

        @JsonProperty(value = "description", required = true)
        String description,

        @JsonProperty(value = "licence", required = true) String licence,
        @JsonProperty(value = "source", required = true) String source,
        @JsonProperty(value = "parameters", required = true) long parameters,

        @JsonProperty(value = "architecture", required = true)
        String architecture,

        @JsonProperty(value = "input", required = true) InputSpec input,
        @JsonProperty(value = "weights", required = true) List<Weights> weights,
        @JsonProperty("thresholds") @Nullable Map<String, Double> thresholds,
        @JsonProperty("calibration") @Nullable List<Calibration.Point> calibration) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,55}_([0-9]{1,6})([KM])");
    private static final Pattern ARCHITECTURE = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
    private static final int MAX_WEIGHTS = 16;

    ModelYaml {
        requireText("description", description);
        requireText("licence", licence);
        requireText("source", source);
        requireName(Objects.requireNonNull(name, "name is missing"), parameters);
        Objects.requireNonNull(task, "task is missing");
        Objects.requireNonNull(input, "input is missing");
        if (!ARCHITECTURE
                .matcher(Objects.requireNonNull(architecture, "architecture is missing"))
                .matches()) {
            throw new IllegalArgumentException("architecture must be a lower-case word");
        }
        requireWeights(Objects.requireNonNull(weights, "weights are missing"));
        if ((task == Task.EMBEDDING) != (calibration != null)) {
            throw new IllegalArgumentException("calibration belongs to an embedding, and to nothing else");
        }
        if (thresholds != null && thresholds.values().stream().anyMatch(v -> v == null || !Double.isFinite(v))) {
            throw new IllegalArgumentException("thresholds must be finite numbers");
        }
    }

    private static void requireText(String member, @Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException(member + " is empty");
        }
    }

    /// A name may not claim more or fewer parameters than there are, once rounded to its own unit.
    private static void requireName(String name, long parameters) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("name must be lower-case words that end with the number of parameters,"
                    + " such as face_detector_76K, not " + name);
        }
        long unit = matcher.group(2).equals("K") ? 1_000 : 1_000_000;
        if (parameters < 1 || Math.round((double) parameters / unit) != Long.parseLong(matcher.group(1))) {
            throw new IllegalArgumentException("name " + name + " does not fit parameters " + parameters);
        }
    }

    private static void requireWeights(List<Weights> weights) {
        if (weights.isEmpty() || weights.size() > MAX_WEIGHTS || weights.contains(null)) {
            throw new IllegalArgumentException("weights must be a list of 1 to " + MAX_WEIGHTS + " files");
        }
        if (weights.stream().map(Weights::file).distinct().count() != weights.size()) {
            throw new IllegalArgumentException("weights name a file twice");
        }
        NetworkWeights.of(weights);
    }

    ModelBundle toBundle(String revision, Origin origin, Path directory) {
        return new ModelBundle(
                name,
                revision,
                task,
                description,
                licence,
                source,
                parameters,
                architecture,
                input,
                weights,
                thresholds == null ? Map.of() : thresholds,
                Optional.ofNullable(calibration).map(Calibration::new),
                origin,
                directory);
    }
}
