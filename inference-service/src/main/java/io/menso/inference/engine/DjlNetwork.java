package io.menso.inference.engine;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.util.ArrayList;
import java.util.List;

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
        public List<float[]> run(float[] planes, int count, int height, int width) {
            try (NDManager scope = manager.newSubManager();
                    NDList outputs =
                            predictor.predict(new NDList(scope.create(planes, new Shape(count, 3, height, width))))) {
                List<float[]> rows = new ArrayList<>(outputs.size());
                for (NDArray output : outputs) {
                    rows.add(output.toFloatArray());
                }
                return rows;
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
