package io.menso.inference.attributes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.inference.engine.NetworkException;
import io.menso.inference.engine.Outputs;
import io.menso.inference.quality.Pose;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributeArchitectureTest {

    private static final float[] AGE = {33.5f};
    private static final float[] GENDER = {0.25f, 0.75f};
    private static final float[] EMOTION = {0, 0.5f, 0.25f, 0, 0.25f, 0, 0};
    private static final float[] POSE = {10, -20, 30};

    private static Attributes read(String architecture, Map<String, float[]> outputs) {
        List<String> names = outputs.keySet().stream().sorted().toList();
        return AttributeArchitecture.of(architecture)
                .read(new Outputs(names, names.stream().map(outputs::get).toList()));
    }

    @Test
    void ownNetworkTellsAllByName() {
        Attributes all = read("attributes", Map.of("age", AGE, "gender", GENDER, "emotion", EMOTION, "pose", POSE));

        assertThat(all.age()).contains(33.5);
        assertThat(all.gender()).contains(new Gender("female", 0.75));
        assertThat(all.pose()).contains(new Pose(10, -20, 30));
        assertThat(all.emotion().orElseThrow().value()).isEqualTo("happy");
        assertThat(all.emotion().orElseThrow().probabilities())
                .containsOnlyKeys("neutral", "happy", "sad", "angry", "fearful", "disgusted", "surprised")
                .containsEntry("fearful", 0.25);
    }

    @Test
    void ownNetworkWithoutNamesTellsAllByPlace() {
        Attributes all = AttributeArchitecture.of("attributes")
                .read(new Outputs(List.of(AGE, new float[] {0.5f, 0.5f}, EMOTION, POSE)));

        assertThat(all.age()).contains(33.5);
        assertThat(all.gender()).contains(new Gender("male", 0.5));
        assertThat(all.pose()).contains(new Pose(10, -20, 30));
    }

    @Test
    void pulledNetworksTellTheirPart() {
        Attributes ageGender = read("faceapi-age-gender", Map.of("age", new float[] {-2}, "gender", GENDER));
        Attributes expression = read("faceapi-expression", Map.of("emotion", EMOTION));
        Attributes pose = read("fsanet", Map.of("output", POSE));

        assertThat(ageGender.age()).contains(0.0);
        assertThat(ageGender.emotion()).isEmpty();
        assertThat(expression.emotion()).isPresent();
        assertThat(expression.pose()).isEmpty();
        // Its yaw has the other sign.
        assertThat(pose.pose()).contains(new Pose(-10, -20, 30));
    }

    @Test
    void otherOutputsAreRefused() {
        assertThatThrownBy(() -> read("fsanet", Map.of("output", new float[2])))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("output has 2 numbers, expected 3");
        assertThatThrownBy(() -> read("faceapi-expression", Map.of("mood", EMOTION)))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("no output emotion");
        assertThatThrownBy(() -> read("fsanet", Map.of("output", new float[] {Float.NaN, 0, 0})))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("is no number");
        assertThatThrownBy(() -> AttributeArchitecture.of("yunet"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("yunet");
    }
}
