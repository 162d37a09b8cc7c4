package io.menso.inference.attributes;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.inference.Settings;
import io.menso.inference.analysis.Timings;
import io.menso.inference.batch.BatchConfig;
import io.menso.inference.batch.BatchQueue;
import io.menso.inference.batch.Futures;
import io.menso.inference.bundle.InputSpec;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.Origin;
import io.menso.inference.bundle.Task;
import io.menso.inference.bundle.Weights;
import io.menso.inference.detect.Box;
import io.menso.inference.detect.Face;
import io.menso.inference.detect.Point;
import io.menso.inference.engine.Network;
import io.menso.inference.engine.Outputs;
import io.menso.inference.image.Picture;
import io.menso.inference.image.Pixels;
import io.menso.inference.quality.Pose;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttributesViewTest {

    private static final Picture PICTURE = new Picture(40, 40, new Pixels(20, 20, new int[400]));
    private static final Face FACE = new Face(1, new Box(10, 10, 20, 20), Collections.nCopies(5, new Point(20, 20)));
    private static final InputSpec INPUT =
            new InputSpec(4, 4, InputSpec.Colour.RGB, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final List<AttributeEstimator> open = new ArrayList<>();

    private final AttributeEstimator own = estimator("attributes", answer(20, 1));
    private final AttributeEstimator ageGender = estimator(
            "faceapi-age-gender", new Outputs(List.of("gender", "age"), List.of(new float[] {0, 1}, new float[] {60})));
    private final AttributeEstimator pose = estimator(
            "fsanet",
            new Outputs(List.of("output"), List.of(new float[] {-8, 2, 4})),
            new Outputs(List.of("output"), List.of(new float[] {-10, 4, 4})));

    @AfterEach
    void close() {
        open.forEach(AttributeEstimator::close);
    }

    @Test
    void eachAttributeComesFromTheFirstThatHasIt() {
        AttributesView view = new AttributesView(List.of(ageGender, pose, own));

        Attributes all = Futures.await(view.estimate(PICTURE, FACE, new Timings()), Duration.ofSeconds(10));

        assertThat(all.age()).contains(60.0);
        assertThat(all.gender()).contains(new Gender("female", 1));
        assertThat(all.pose()).contains(new Pose(9, 3, 4));
        assertThat(all.emotion()).map(Emotion::value).contains("neutral");
        assertThat(view)
                .hasToString("x_1K@faceapi-age-gender [age, gender], x_1K@fsanet [pose], x_1K@attributes [emotion]");
    }

    @Test
    void bundleFromWhichNothingIsWantedDoesNotRun() {
        AttributesView view = new AttributesView(List.of(own, ageGender, pose));

        Attributes all = Futures.await(view.estimate(PICTURE, FACE, new Timings()), Duration.ofSeconds(10));

        assertThat(all.age()).contains(20.0);
        assertThat(ran).containsExactly("attributes");
    }

    @Test
    void someAttributesMayBeMissing() {
        AttributesView view = new AttributesView(List.of(pose));

        Attributes some = Futures.await(view.estimate(PICTURE, FACE, new Timings()), Duration.ofSeconds(10));

        assertThat(some.age()).isEmpty();
        assertThat(some.pose()).isPresent();
        assertThat(new AttributesView(List.of()).isEmpty()).isTrue();
        assertThat(view.isEmpty()).isFalse();
    }

    private static Outputs answer(float age, float male) {
        return new Outputs(
                List.of("age", "gender", "emotion", "pose"),
                List.of(
                        new float[] {age},
                        new float[] {male, 1 - male},
                        new float[] {1, 0, 0, 0, 0, 0, 0},
                        new float[3]));
    }

    /// Real queues in front of networks that always say the same.
    private AttributeEstimator estimator(String architecture, Outputs... answers) {
        ModelBundle bundle = new ModelBundle(
                "x_1K",
                architecture,
                Task.ATTRIBUTES,
                "A test",
                "MIT",
                "https://example.org",
                1000,
                architecture,
                INPUT,
                List.of(new Weights("net.onnx", Weights.Format.ONNX, "0".repeat(64))),
                Map.of(),
                Optional.empty(),
                Origin.PULLED,
                Path.of("."));
        List<CropNetwork> networks = new ArrayList<>();
        for (Outputs answer : answers) {
            BatchQueue queue = new BatchQueue(
                    architecture,
                    network(architecture, answer),
                    1,
                    Settings.of(BatchConfig.class),
                    new SimpleMeterRegistry());
            networks.add(new CropNetwork(queue, INPUT, 1.4));
        }
        AttributeEstimator estimator = new AttributeEstimator(bundle, AttributeArchitecture.of(architecture), networks);
        open.add(estimator);
        return estimator;
    }

    private Network network(String name, Outputs answer) {
        return new Network() {
            @Override
            public Runner runner() {
                return new Runner() {
                    @Override
                    public Outputs run(float[] planes, int count, int height, int width) {
                        ran.add(name);
                        return answer;
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void close() {}
        };
    }
}
