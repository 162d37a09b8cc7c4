package io.menso.inference.engine;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/// How networks are run.
@ConfigMapping(prefix = "menso.inference.engine")
public interface EngineConfig {

    /// Which file of weights is loaded where a bundle holds a network in several formats.
    enum FormatChoice {
        /// TorchScript when libtorch sees a GPU that may be used, else ONNX.
        AUTO,
        /// ONNX Runtime on the CPU, also beside a GPU.
        ONNX,
        /// libtorch, also without a GPU: two to four times slower there than ONNX Runtime.
        TORCHSCRIPT
    }

    /// Threads inside one run of a network. More shortens a single run and costs throughput under load.
    @WithDefault("1")
    int threads();

    /// Folder for DJL's unpacked native libraries (about 450 MB once libtorch is used). Default: in the temporary
    /// folder. `PYTORCH_LIBRARY_PATH` names an unpacked libtorch instead.
    Optional<Path> cacheDir();

    /// Whether networks in TorchScript run on a GPU when libtorch sees one.
    @WithDefault("true")
    boolean gpu();

    /// `auto`, `onnx` or `torchscript`. A network that a bundle holds in one format alone runs from that.
    @WithDefault("auto")
    FormatChoice format();
}
