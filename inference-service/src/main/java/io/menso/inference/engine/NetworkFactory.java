package io.menso.inference.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.translate.NoopTranslator;
import ai.djl.util.cuda.CudaUtils;
import io.menso.inference.bundle.ModelBundle;
import io.menso.inference.bundle.NetworkWeights;
import io.menso.inference.bundle.Weights;
import io.menso.inference.bundle.Weights.Format;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;

/// Loads a network from the file that suits the machine: ONNX Runtime on the CPU, libtorch on a GPU when there is
/// one.
@ApplicationScoped
public class NetworkFactory {

    private static final Logger LOG = Logger.getLogger(NetworkFactory.class);
    private static final String ONNX = "OnnxRuntime";
    private static final String TORCH = "PyTorch";

    private final EngineConfig config;

    @Inject
    public NetworkFactory(EngineConfig config) {
        this.config = config;
    }

    /// @throws NetworkException when the engine refuses the weights
    public Network load(ModelBundle bundle, NetworkWeights network) {
        Weights weights = choose(network);
        try {
            return new DjlNetwork(
                    switch (weights.format()) {
                        case ONNX -> onnx(bundle, weights);
                        case TORCHSCRIPT -> torchScript(bundle, weights);
                    });
        } catch (IOException | ModelNotFoundException | MalformedModelException e) {
            throw new NetworkException(bundle + " cannot be loaded", e);
        }
    }

    /// The one file of a network that is loaded; the others are never opened by an engine.
    Weights choose(NetworkWeights network) {
        boolean torchFirst = switch (config.format()) {
            case AUTO -> network.in(Format.TORCHSCRIPT).isPresent() && hasGpu();
            case ONNX -> false;
            case TORCHSCRIPT -> true;
        };
        List<Format> order =
                torchFirst ? List.of(Format.TORCHSCRIPT, Format.ONNX) : List.of(Format.ONNX, Format.TORCHSCRIPT);
        return order.stream()
                .flatMap(format -> network.in(format).stream())
                .findFirst()
                .orElseThrow();
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

    private Device device() {
        return hasGpu() ? Device.gpu() : Device.cpu();
    }

    /// Whether there is a GPU that may be used. CUDA is asked first: libtorch, which takes a second and hundreds
    /// of megabytes to load, stays out of a process on a machine without a GPU.
    private boolean hasGpu() {
        if (!config.gpu() || !CudaUtils.hasCuda()) {
            return false;
        }
        try {
            return Engine.getEngine(TORCH).getGpuCount() > 0;
        } catch (EngineException | LinkageError e) {
            LOG.warnf(e, "the GPU is not used: libtorch cannot be loaded");
            return false;
        }
    }

    private static Criteria.Builder<NDList, NDList> criteria(ModelBundle bundle, Weights weights, String engine) {
        return Criteria.builder()
                .setTypes(NDList.class, NDList.class)
                .optEngine(engine)
                .optModelPath(bundle.path(weights))
                .optTranslator(new NoopTranslator());
    }
}
