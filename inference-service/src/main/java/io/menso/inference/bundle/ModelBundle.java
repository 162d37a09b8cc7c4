package io.menso.inference.bundle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A verified bundle: what `model.yaml` says, and where its weights lie.
///
/// @param name         name in the API; ends with the number of parameters, such as `face_detector_76K`
/// @param revision     first 7 hexadecimal digits of the content digest, see [Revision]
/// @param task         what the model is for
/// @param description  one sentence for people
/// @param licence      SPDX identifier, or the licence's name
/// @param source       where the weights come from, at a full commit
/// @param parameters   number of trained parameters of all networks in the bundle
/// @param architecture how input and output are read: `yunet`, `arcface`, `minifasnet`, ...
/// @param input        the picture that the network wants
/// @param weights      at least one file; see [#networks]
/// @param thresholds   named settings of the decoder, such as `score`
/// @param calibration  present for embeddings, absent for all else
/// @param origin       who installed it
/// @param directory    the bundle's folder
public record ModelBundle(
        String name,
        String revision,
        Task task,
        String description,
        String licence,
        String source,
        long parameters,
        String architecture,
        InputSpec input,
        List<Weights> weights,
        Map<String, Double> thresholds,
        Optional<Calibration> calibration,
        Origin origin,
        Path directory) {

    public ModelBundle {
        weights = List.copyOf(weights);
        thresholds = Map.copyOf(thresholds);
    }

    /// The networks it consists of, at least one; most bundles have exactly one.
    public List<NetworkWeights> networks() {
        return NetworkWeights.of(weights);
    }

    /// Where a file of weights lies.
    public Path path(Weights file) {
        return directory.resolve(file.file());
    }

    /// A threshold by name, or the default when the bundle does not set it.
    public double threshold(String threshold, double otherwise) {
        return thresholds.getOrDefault(threshold, otherwise);
    }

    /// `name@revision`, for logs.
    @Override
    public String toString() {
        return name + "@" + revision;
    }
}
