package io.menso.bench;

import io.menso.bench.data.Impostors;
import org.jspecify.annotations.Nullable;

/// Which similarity counts: a cosine, or the cosine that a share of strangers reaches, or any.
///
/// @param cosine lowest that counts; null when the share says it, or when all count
/// @param fmr    share of strangers' pairs that reach it; null when the cosine says it, or when all count
public record Limit(@Nullable Double cosine, @Nullable Double fmr) {

    /// The best count, however far they are.
    static final Limit NONE = new Limit(null, null);

    static Limit of(double cosine) {
        if (!(cosine >= -1 && cosine <= 1)) {
            throw new IllegalArgumentException("a threshold is a cosine from -1 to 1, not " + cosine);
        }
        return new Limit(cosine, null);
    }

    static Limit ofFmr(double fmr) {
        if (!(fmr >= 1e-6 && fmr <= 0.5)) {
            throw new IllegalArgumentException("an FMR is from 1e-6 to 0.5, not " + fmr);
        }
        return new Limit(null, fmr);
    }

    /// With both numbers where there is a limit.
    Limit resolve(Impostors impostors) {
        if (fmr != null) {
            double threshold = impostors.threshold(fmr);
            return new Limit(threshold, impostors.fmr(threshold));
        }
        return cosine == null ? NONE : new Limit(cosine, impostors.fmr(cosine));
    }

    double threshold() {
        return cosine == null ? -1 : cosine;
    }
}
