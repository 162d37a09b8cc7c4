package io.menso.inference.evaluation.input;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Pictures of live faces, and of attacks by species, from the folders `live/` and `attack-<type>/`.
///
/// @param live    at least one
/// @param attacks at least one species, each with at least one picture
public record LivenessData(List<Path> live, SortedMap<String, List<Path>> attacks) {

    private static final String LIVE = "live";
    private static final String ATTACK = "attack-";

    /// @throws EvaluationException when a folder is missing or empty
    public static LivenessData read(Path folder) {
        SortedMap<String, List<Path>> attacks = new TreeMap<>();
        for (Path inner : PictureFolder.folders(folder)) {
            String name = inner.toFile().getName();
            if (name.startsWith(ATTACK)) {
                attacks.put(name.substring(ATTACK.length()), PictureFolder.pictures(inner));
            }
        }
        if (attacks.isEmpty()) {
            throw new EvaluationException("there is no folder " + ATTACK + "<type> in " + folder);
        }
        return new LivenessData(PictureFolder.pictures(folder.resolve(LIVE)), attacks);
    }

    public int size() {
        return live.size() + attacks.values().stream().mapToInt(List::size).sum();
    }
}
