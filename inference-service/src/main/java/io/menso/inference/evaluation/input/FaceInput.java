package io.menso.inference.evaluation.input;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Faces to compare.
///
/// @param pictures     at least one, the pictures of a person side by side
/// @param pairs        which of them are compared; all with all when absent
/// @param further      sets of pictures that only the calibration asks
/// @param aligned      whether the pictures are aligned faces already
/// @param calibrates   whether it is an error when there are too few pairs for a calibration
public record FaceInput(
        List<PictureFile> pictures,
        Optional<PairList> pairs,
        List<List<PictureFile>> further,
        boolean aligned,
        boolean calibrates) {

    /// Looks at the folders and lists of a request; absent when it compares no faces.
    ///
    /// @throws EvaluationException when something is missing or wrong
    public static Optional<FaceInput> read(EvaluationRequest request) {
        if (!request.compares()) {
            return Optional.empty();
        }
        Optional<PairList> pairs = request.pairs().map(PairList::read);
        List<PictureFile> pictures = pairs.map(PairList::pictures)
                .orElseGet(() -> faces(request.pictures().orElseThrow(), request.persons()));
        return Optional.of(new FaceInput(
                pictures,
                pairs,
                request.calibrateWith().stream().map(PictureFolder::faces).toList(),
                request.aligned(),
                request.outputs().wantsCalibration()));
    }

    private static List<PictureFile> faces(Path folder, Optional<Path> persons) {
        return persons.map(list -> PictureFolder.faces(folder, list)).orElseGet(() -> PictureFolder.faces(folder));
    }
}
