package io.menso.inference.checks;

import io.menso.inference.checks.CheckMode.Check;
import io.menso.inference.checks.FrameChecks.Verdict;
import io.menso.inference.embedding.Template;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Judges the frames of a request together (decisions D8, D9, H6, H7).
@ApplicationScoped
public class SequenceChecks {

    private final ChecksConfig config;

    @Inject
    public SequenceChecks(ChecksConfig config) {
        this.config = config;
    }

    /// The code of a sequence without a usable frame: that of the last frame, where BAD_QUALITY counts only if all
    /// frames have it.
    ///
    /// @return empty when a frame is usable
    public Optional<FaceCode> frames(List<Verdict> verdicts) {
        List<FaceCode> codes =
                verdicts.stream().flatMap(verdict -> verdict.code().stream()).toList();
        if (codes.size() < verdicts.size()) {
            return Optional.empty();
        }
        return codes.stream()
                .filter(code -> code != FaceCode.BAD_QUALITY)
                .reduce((_, last) -> last)
                .or(() -> Optional.of(FaceCode.BAD_QUALITY));
    }

    /// Whether every two comparable frames are alike enough to be one person.
    ///
    /// @param templates of all comparable frames, also of those that are badly framed
    /// @param cosine    smallest likeness of one person
    public Optional<FaceCode> crossCheck(List<Template> templates, double cosine, CheckMode mode) {
        if (!mode.has(Check.CROSS_CHECK)) {
            return Optional.empty();
        }
        for (int i = 0; i < templates.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (!(templates.get(i).cosine(templates.get(j)) >= cosine)) {
                    return Optional.of(FaceCode.BAD_CROSSCHECK);
                }
            }
        }
        return Optional.empty();
    }

    /// Whether the usable frames are live on the average. What could not be estimated is not live.
    public Optional<FaceCode> liveness(OptionalDouble mean, CheckMode mode) {
        boolean judged = mode.refuses() && mode.has(Check.LIVENESS);
        boolean live = mean.isPresent() && mean.getAsDouble() >= config.liveness();
        return judged && !live ? Optional.of(FaceCode.BAD_LIVENESS) : Optional.empty();
    }
}
