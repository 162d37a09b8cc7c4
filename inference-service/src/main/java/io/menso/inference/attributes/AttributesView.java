package io.menso.inference.attributes;

import io.menso.inference.analysis.Timings;
import io.menso.inference.detect.Face;
import io.menso.inference.image.Picture;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/// All attributes that the installed bundles tell together: each comes from the first bundle, in order of
/// preference, that has it. A bundle from which nothing is wanted does not run.
public final class AttributesView {

    private final List<Part> parts;

    /// A bundle and what is taken from it.
    private record Part(AttributeEstimator estimator, Set<Attribute> wanted) {}

    /// @param estimators the preferred ones first
    public AttributesView(List<AttributeEstimator> estimators) {
        List<Part> chosen = new ArrayList<>();
        EnumSet<Attribute> missing = EnumSet.allOf(Attribute.class);
        for (AttributeEstimator estimator : estimators) {
            EnumSet<Attribute> wanted = EnumSet.copyOf(missing);
            wanted.retainAll(estimator.attributes());
            if (!wanted.isEmpty()) {
                chosen.add(new Part(estimator, Set.copyOf(wanted)));
                missing.removeAll(wanted);
            }
        }
        parts = List.copyOf(chosen);
    }

    /// Whether there is nothing that it tells.
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /// What comes from which bundle; another text means other answers.
    @Override
    public String toString() {
        return parts.stream()
                .map(part -> part.estimator().bundle() + " "
                        + part.wanted().stream().map(Attribute::label).sorted().toList())
                .collect(Collectors.joining(", "));
    }

    /// Queues the crops of a face.
    ///
    /// @param face in pixels of the picture
    public CompletableFuture<Attributes> estimate(Picture picture, Face face, Timings timings) {
        CompletableFuture<Attributes> all = CompletableFuture.completedFuture(Attributes.none());
        for (Part part : parts) {
            CompletableFuture<Attributes> some = part.estimator()
                    .estimate(picture, face, timings)
                    .thenApply(attributes -> attributes.only(part.wanted()));
            all = all.thenCombine(some, Attributes::or);
        }
        return all;
    }
}
