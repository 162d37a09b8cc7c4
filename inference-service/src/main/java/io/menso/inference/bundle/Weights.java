package io.menso.inference.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One file of weights in a bundle. Files with the same variant hold the same network, see [NetworkWeights].
///
/// @param file       plain file name inside the bundle's folder
/// @param format     how the file is read
/// @param sha256     64 lower-case hexadecimal digits
/// @param variant    which network of the architecture it holds, where a bundle has several
/// @param cropScale  side of the crop in face boxes, where a network looks at more than the aligned face
public record Weights(String file, Format format, String sha256, Optional<String> variant, OptionalDouble cropScale) {

    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /// How a file of weights is read.
    public enum Format {
        ONNX("onnx"),
        TORCHSCRIPT("torchscript");

        private final String label;

        Format(String label) {
            this.label = label;
        }

        /// @throws IllegalArgumentException if there is no such format
        @JsonCreator
        public static Format of(String label) {
            return Arrays.stream(values())
                    .filter(format -> format.label.equals(label))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("format must be one of onnx, torchscript, not " + label));
        }

        @JsonValue
        public String label() {
            return label;
        }
    }

    public Weights {
        if (!FILE.matcher(Objects.requireNonNull(file, "weights.file is missing"))
                .matches()) {
            throw new IllegalArgumentException("weights.file must be a plain file name, not " + file);
        }
        Objects.requireNonNull(format, "weights.format is missing");
        if (!DIGEST.matcher(Objects.requireNonNull(sha256, "weights.sha256 is missing"))
                .matches()) {
            throw new IllegalArgumentException("weights.sha256 of " + file + " must be 64 lower-case hex digits");
        }
        if (cropScale.isPresent() && !(cropScale.getAsDouble() >= 1 && cropScale.getAsDouble() <= 10)) {
            throw new IllegalArgumentException("weights.crop_scale of " + file + " must be from 1 to 10");
        }
    }

    /// Weights without a variant or a crop of their own.
    public Weights(String file, Format format, String sha256) {
        this(file, format, sha256, Optional.empty(), OptionalDouble.empty());
    }

    @JsonCreator
    static Weights read(
            @JsonProperty(value = "file", required = true) String file,
            @JsonProperty(value = "format", required = true) Format format,
            @JsonProperty(value = "sha256", required = true) String sha256,
            @JsonProperty("variant") @Nullable String variant,
            @JsonProperty("crop_scale") @Nullable Double cropScale) {
        return new Weights(
                file,
                format,
                sha256,
                Optional.ofNullable(variant),
                cropScale == null ? OptionalDouble.empty() : OptionalDouble.of(cropScale));
    }
}
