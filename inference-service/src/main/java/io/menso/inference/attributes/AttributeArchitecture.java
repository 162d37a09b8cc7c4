package io.menso.inference.attributes;

import io.menso.inference.engine.NetworkException;
import io.menso.inference.engine.Outputs;
import io.menso.inference.quality.Pose;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// How the outputs of a network become attributes. Outputs are read by name; those of a file that does not name
/// them stand in the order of [Attribute].
public enum AttributeArchitecture {
    /// Our own: all four from one network. Its pose has our signs.
    ATTRIBUTES("attributes", EnumSet.allOf(Attribute.class)) {
        @Override
        Attributes read(Outputs outputs) {
            return new Attributes(
                    Optional.of(age(outputs, 0)),
                    Optional.of(gender(outputs, 1)),
                    Optional.of(emotion(outputs, 2)),
                    Optional.of(pose(outputs, 3, "pose", 1)));
        }
    },

    /// face-api's small Xception.
    FACEAPI_AGE_GENDER("faceapi-age-gender", EnumSet.of(Attribute.AGE, Attribute.GENDER)) {
        @Override
        Attributes read(Outputs outputs) {
            return new Attributes(
                    Optional.of(age(outputs, 0)), Optional.of(gender(outputs, 1)), Optional.empty(), Optional.empty());
        }
    },

    /// face-api's network of expressions.
    FACEAPI_EXPRESSION("faceapi-expression", EnumSet.of(Attribute.EMOTION)) {
        @Override
        Attributes read(Outputs outputs) {
            return new Attributes(
                    Optional.empty(), Optional.empty(), Optional.of(emotion(outputs, 0)), Optional.empty());
        }
    },

    /// FSA-Net (Yang, Chen, Lin, Chuang, 2019), whose yaw is positive towards smaller x.
    FSANET("fsanet", EnumSet.of(Attribute.POSE)) {
        @Override
        Attributes read(Outputs outputs) {
            return new Attributes(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(pose(outputs, 0, "output", -1)));
        }
    };

    private final String label;
    private final Set<Attribute> attributes;

    AttributeArchitecture(String label, Set<Attribute> attributes) {
        this.label = label;
        this.attributes = Set.copyOf(attributes);
    }

    /// @throws IllegalArgumentException if there is no such architecture
    public static AttributeArchitecture of(String label) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "architecture " + label + " of attributes is not one that this version can run"));
    }

    /// What such a network tells.
    Set<Attribute> attributes() {
        return attributes;
    }

    /// @param outputs of one picture
    /// @throws NetworkException when they are not what this architecture has
    abstract Attributes read(Outputs outputs);

    private static double age(Outputs outputs, int place) {
        return Math.max(0, numbers(outputs, "age", place, 1)[0]);
    }

    private static Gender gender(Outputs outputs, int place) {
        return Gender.of(numbers(outputs, "gender", place, 2));
    }

    private static Emotion emotion(Outputs outputs, int place) {
        return Emotion.of(numbers(outputs, "emotion", place, Emotion.NAMES.size()));
    }

    /// @param direction 1 when the network's yaw is positive towards larger x, else -1
    private static Pose pose(Outputs outputs, int place, String output, int direction) {
        float[] degrees = numbers(outputs, output, place, 3);
        return new Pose(direction * degrees[0], degrees[1], degrees[2]);
    }

    private static float[] numbers(Outputs outputs, String name, int place, int count) {
        float[] numbers = outputs.get(name, place);
        if (numbers.length != count) {
            throw new NetworkException("output " + name + " has " + numbers.length + " numbers, expected " + count);
        }
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                throw new NetworkException("output " + name + " is no number");
            }
        }
        return numbers;
    }
}
