package io.menso.inference.bundle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The picture a network wants, as planes (NCHW) of `value = (byte - mean) / std`.
///
/// @param width  in pixels, 1 to 4096
/// @param height in pixels, 1 to 4096
/// @param colour order of the planes
/// @param mean   one number per plane, on the scale of bytes (0 to 255)
/// @param std    one positive number per plane, on the scale of bytes
/// @param batch  most pictures that one run of the network takes; absent when any number will do
public record InputSpec(int width, int height, Colour colour, List<Float> mean, List<Float> std, OptionalInt batch) {

    private static final int MAX_SIDE = 4096;

    /// Order of the colour planes.
    public enum Colour {
        BGR,
        RGB
    }

    public InputSpec {
        Objects.requireNonNull(colour, "input.colour is missing");
        if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE) {
            throw new IllegalArgumentException("input.width and input.height must be from 1 to " + MAX_SIDE);
        }
        mean = three("input.mean", mean);
        std = three("input.std", std);
        if (std.stream().anyMatch(value -> value <= 0)) {
            throw new IllegalArgumentException("input.std must be positive");
        }
        if (batch.isPresent() && batch.getAsInt() < 1) {
            throw new IllegalArgumentException("input.batch must be at least 1");
        }
    }

    /// An input that takes batches of any size.
    public InputSpec(int width, int height, Colour colour, List<Float> mean, List<Float> std) {
        this(width, height, colour, mean, std, OptionalInt.empty());
    }

    @JsonCreator
    static InputSpec read(
            @JsonProperty(value = "width", required = true) int width,
            @JsonProperty(value = "height", required = true) int height,
            @JsonProperty(value = "colour", required = true) Colour colour,
            @JsonProperty(value = "mean", required = true) List<Float> mean,
            @JsonProperty(value = "std", required = true) List<Float> std,
            @JsonProperty("batch") @Nullable Integer batch) {
        return new InputSpec(
                width, height, colour, mean, std, batch == null ? OptionalInt.empty() : OptionalInt.of(batch));
    }

    private static List<Float> three(String name, List<Float> values) {
        Objects.requireNonNull(values, name + " is missing");
        if (values.size() != 3 || values.stream().anyMatch(value -> value == null || !Float.isFinite(value))) {
            throw new IllegalArgumentException(name + " must be three finite numbers");
        }
        return List.copyOf(values);
    }
}
