package io.menso.matching.runtime;

/// What a thread of the pool does in one go.
sealed interface Work permits Job, Split.Part {

    /// Computes and keeps the outcome, which may be a failure; does not throw.
    void run();

    /// Tells who waits for the outcome, after the pool has accounted for the run.
    void deliver();

    /// Whether nobody waits for it any more.
    boolean isAbandoned();
}
