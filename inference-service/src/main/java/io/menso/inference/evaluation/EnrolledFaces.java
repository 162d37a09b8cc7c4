package io.menso.inference.evaluation;

import io.menso.inference.embedding.Template;
import io.menso.inference.evaluation.AnalysedPicture.Findings;
import io.menso.inference.evaluation.input.PairList;
import io.menso.inference.evaluation.input.PictureFile;
import io.menso.inference.evaluation.statistics.Comparisons;
import io.menso.inference.evaluation.statistics.Templates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pictures that gave a template, in one order for all that is said of them.
///
/// @param templates of the pictures
/// @param quality   of each, 0 to 1
/// @param places    index of each picture
record EnrolledFaces(Templates templates, double[] quality, Map<Path, Integer> places) {

    /// @param files    what was read, the pictures of a person side by side
    /// @param pictures what was found on each
    static EnrolledFaces of(List<PictureFile> files, List<AnalysedPicture> pictures) {
        List<float[]> vectors = new ArrayList<>();
        List<String> persons = new ArrayList<>();
        List<Double> quality = new ArrayList<>();
        Map<Path, Integer> places = new HashMap<>();
        for (int i = 0; i < files.size(); i++) {
            Optional<Findings> found = pictures.get(i).findings();
            Optional<Template> template = found.flatMap(Findings::template);
            if (found.isPresent() && template.isPresent()) {
                places.put(files.get(i).path(), vectors.size());
                persons.add(files.get(i).person());
                vectors.add(template.get().vector());
                quality.add(found.get().quality());
            }
        }
        double[] scores = quality.stream().mapToDouble(Double::doubleValue).toArray();
        return new EnrolledFaces(new Templates(vectors, persons), scores, places);
    }

    /// The listed pairs of which both pictures gave a template.
    Comparisons compare(PairList list) {
        List<Comparisons.Pair> pairs = new ArrayList<>();
        for (PairList.Pair pair : list.pairs()) {
            Integer left = places.get(pair.left());
            Integer right = places.get(pair.right());
            if (left != null && right != null) {
                pairs.add(new Comparisons.Pair(left, right, pair.same()));
            }
        }
        return Comparisons.listed(templates, pairs);
    }
}
