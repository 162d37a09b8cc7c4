package io.menso.matching.index;

import java.util.function.IntConsumer;

/// Does a computation in parts, on as many threads as may help.
///
/// All parts have ended, and what they wrote can be read, when [#run] returns or throws.
@FunctionalInterface
public interface Splitter {

    /// Runs `part` once for each number from 0 to `parts - 1`, in any order and on any threads, the caller's among
    /// them. Parts may be split again.
    ///
    /// @param parts 0 or more; a part is what others wait for, so about a tenth of a millisecond is a good size
    /// @throws java.util.concurrent.CancellationException when nobody waits for the result any more: some parts
    ///                                                    were left out
    /// @throws RuntimeException                           what a part threw; the parts not begun were left out
    void run(int parts, IntConsumer part);

    /// The caller does everything itself.
    static Splitter serial() {
        return (parts, part) -> {
            for (int i = 0; i < parts; i++) {
                part.accept(i);
            }
        };
    }
}
