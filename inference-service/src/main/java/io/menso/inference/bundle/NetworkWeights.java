package io.menso.inference.bundle;

import io.menso.inference.bundle.Weights.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// The weights of one network, in one file for each format that the bundle offers.
///
/// @param files at least one; no format twice, the same variant and crop scale in all
public record NetworkWeights(List<Weights> files) {

    public NetworkWeights {
        files = List.copyOf(files);
        Weights first = files.getFirst();
        if (files.stream().map(Weights::format).distinct().count() != files.size()) {
            throw new IllegalArgumentException("weights hold one network twice in the same format: "
                    + files.stream().map(Weights::file).toList() + "; several networks need a variant each");
        }
        if (files.stream().anyMatch(file -> !file.cropScale().equals(first.cropScale()))) {
            throw new IllegalArgumentException(
                    "weights.crop_scale must be the same in all files of one network, such as " + first.file());
        }
    }

    /// Puts files together that hold the same network, in the order in which the networks first appear.
    static List<NetworkWeights> of(List<Weights> files) {
        Map<Optional<String>, List<Weights>> networks = new LinkedHashMap<>();
        files.forEach(file ->
                networks.computeIfAbsent(file.variant(), _ -> new ArrayList<>()).add(file));
        return networks.values().stream().map(NetworkWeights::new).toList();
    }

    /// Which network of the architecture it is, where a bundle has several.
    public Optional<String> variant() {
        return files.getFirst().variant();
    }

    /// Side of the crop in face boxes, where the network looks at more than the aligned face.
    public OptionalDouble cropScale() {
        return files.getFirst().cropScale();
    }

    /// The file of a format, when there is one.
    public Optional<Weights> in(Format format) {
        return files.stream().filter(file -> file.format() == format).findFirst();
    }
}
