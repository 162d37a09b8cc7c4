package io.menso.matching.runtime;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A computation in parts: its caller takes one after the other, and threads that help take others.
///
/// It cannot deadlock. A part is begun as soon as it is taken, so the caller waits only for parts that run; these may
/// wait in the same way for parts of their own, which are deeper, and the deepest wait for nothing.
final class Split {

    private final int parts;
    private final IntConsumer action;
    private final Work within;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private int helping;

    /// One part, taken by a thread that helps.
    record Part(Split split, int number) implements Work {

        @Override
        public void run() {
            split.run(number);
        }

        @Override
        public void deliver() {
            split.helped();
        }

        @Override
        public boolean isAbandoned() {
            return split.isAbandoned();
        }
    }

    /// @param within the work that is split; the parts are left out once it is abandoned
    Split(int parts, IntConsumer action, Work within) {
        this.parts = parts;
        this.action = action;
        this.within = within;
    }

    /// Whether there may be a part that nobody has taken.
    boolean hasParts() {
        return next.get() < parts;
    }

    /// Takes a part for a thread that helps; [Part#deliver] must follow.
    ///
    /// @return `null` when all are taken
    @Nullable
    Part help() {
        int number = take();
        if (number < 0) {
            return null;
        }
        synchronized (this) {
            helping++;
        }
        return new Part(this, number);
    }

    /// The caller's share: runs parts until all are taken.
    void runAll() {
        for (int number = take(); number >= 0; number = take()) {
            run(number);
        }
    }

    /// Waits until no thread helps any more. Nothing interrupts it: those threads use what is the caller's.
    synchronized void await() {
        boolean interrupted = false;
        while (helping > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Throws what a part threw.
    void rethrow() {
        switch (failure.get()) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private int take() {
        if (hasParts() && within.isAbandoned()) {
            fail(new CancellationException("nobody waits for the result"));
        }
        int number = next.getAndIncrement();
        if (number >= parts) {
            next.set(parts);
            return -1;
        }
        return number;
    }

    private void run(int number) {
        try {
            action.accept(number);
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        failure.compareAndSet(null, e);
        next.set(parts);
    }

    private boolean isAbandoned() {
        return failure.get() != null || within.isAbandoned();
    }

    private synchronized void helped() {
        helping--;
        notifyAll();
    }
}
