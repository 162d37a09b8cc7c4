package io.menso.inference.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.translate.NoopTranslator;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.Weights;
import io.menso.inference.torch.MiniFasNet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;

/// Loads weights into the engine that suits them: ONNX Runtime on the CPU, libtorch on a GPU when there is one.
@ApplicationScoped
public class NetworkFactory {

    private static final String ONNX = "OnnxRuntime";
    private static final String TORCH = "PyTorch";

    private final EngineConfig config;

    @Inject
    public NetworkFactory(EngineConfig config) {
        this.config = config;
    }

    /// @throws NetworkException when the engine refuses the weights
    public Network load(ModelBundle bundle, Weights weights) {
        try {
            return new DjlNetwork(
                    switch (weights.format()) {
                        case ONNX -> onnx(bundle, weights);
                        case TORCHSCRIPT -> torchScript(bundle, weights);
                        case TORCH_STATE_DICT -> stateDict(bundle, weights);
                    });
        } catch (IOException | ModelNotFoundException | MalformedModelException e) {
            throw new NetworkException(bundle + " cannot be loaded", e);
        }
    }

    private Model onnx(ModelBundle bundle, Weights weights)
            throws IOException, ModelNotFoundException, MalformedModelException {
        return criteria(bundle, weights, ONNX)
                .optDevice(Device.cpu())
                .optOption("intraOpNumThreads", Integer.toString(config.threads()))
                .optOption("interOpNumThreads", "1")
                .build()
                .loadModel();
    }

    private Model torchScript(ModelBundle bundle, Weights weights)
            throws IOException, ModelNotFoundException, MalformedModelException {
        return criteria(bundle, weights, TORCH).optDevice(device()).build().loadModel();
    }

    private Model stateDict(ModelBundle bundle, Weights weights) throws IOException {
        if (!bundle.architecture().equals("minifasnet")) {
            throw new IllegalArgumentException(bundle + ": its architecture has no blocks to put the weights into");
        }
        String variant = weights.variant()
                .orElseThrow(() -> new IllegalArgumentException(bundle + ": its weights do not say their variant"));
        return MiniFasNet.load(bundle.path(weights), MiniFasNet.Variant.of(variant), device());
    }

    private Device device() {
        boolean gpu = config.gpu() && Engine.getEngine(TORCH).getGpuCount() > 0;
        return gpu ? Device.gpu() : Device.cpu();
    }

    private static Criteria.Builder<NDList, NDList> criteria(ModelBundle bundle, Weights weights, String engine) {
        return Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optEngine(engine)
                .optModelPath(bundle.path(weights))
                .optTranslator(new NoopTranslator());
    }
}
