package io.menso.matching.index.local;

import io.menso.matching.index.Splitter;

/// Makes indexes for tests.
final class Indexes {

    private Indexes() {}

    static LocalIndex with(Kernel kernel, Mode mode) {
        return with(kernel, mode, Splitter.serial());
    }

    static LocalIndex with(Kernel kernel, Mode mode, Splitter splitter) {
        return new LocalIndex(kernel, LocalIndexOptions.defaults().with(mode).with(splitter));
    }
}
