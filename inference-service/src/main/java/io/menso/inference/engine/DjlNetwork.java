package io.menso.inference.engine;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.util.Objects;

/// A network in any of DJL's engines; arrays never outlive a run.
final class DjlNetwork implements Network {

    private final Model model;

    DjlNetwork(Model model) {
        this.model = model;
    }

    @Override
    public Runner runner() {
        return new DjlRunner(model.newPredictor(new NoopTranslator()), model.getNDManager());
    }

    @Override
    public void close() {
        model.close();
    }

    private record DjlRunner(Predictor<NDList, NDList> predictor, NDManager manager) implements Runner {

        @Override
        public Outputs run(float[] planes, int count, int height, int width) {
            try (NDManager scope = manager.newSubManager();
                    NDList outputs =
                            predictor.predict(new NDList(scope.create(planes, new Shape(count, 3, height, width))))) {
                return new Outputs(
                        outputs.stream()
                                .map(NDArray::getName)
                                .filter(Objects::nonNull)
                                .toList(),
                        outputs.stream().map(NDArray::toFloatArray).toList());
            } catch (TranslateException e) {
                throw new NetworkException("a network cannot be run", e);
            }
        }

        @Override
        public void close() {
            predictor.close();
        }
    }
}
