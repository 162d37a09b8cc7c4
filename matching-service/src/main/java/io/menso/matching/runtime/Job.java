package io.menso.matching.runtime;

import io.menso.commons.web.Tenant;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One request's computation, or a piece of background work, from its arrival to its outcome.
final class Job implements Work {

    private final Optional<Tenant> tenant;
    private final long since;
    private final Runnable compute;
    private final Consumer<Throwable> fail;
    private Runnable outcome = () -> {};
    private volatile boolean abandoned;
    private volatile boolean delivered;

    /// @param tenant who pays for it; empty for background work
    /// @param since  when it arrived, on the pool's clock
    <T> Job(Optional<Tenant> tenant, long since, Supplier<T> work, UniEmitter<? super T> emitter) {
        this.tenant = tenant;
        this.since = since;
        this.fail = emitter::fail;
        this.compute = () -> {
            T item = work.get();
            outcome = () -> emitter.complete(item);
        };
    }

    Optional<Tenant> tenant() {
        return tenant;
    }

    long since() {
        return since;
    }

    /// Nobody waits for the outcome any more.
    ///
    /// @return whether anybody did until now
    boolean abandon() {
        boolean awaited = !delivered && !abandoned;
        abandoned = true;
        return awaited;
    }

    /// Ends without having run.
    void refuse(Throwable reason) {
        delivered = true;
        fail.accept(reason);
    }

    @Override
    public void run() {
        try {
            if (!abandoned) {
                compute.run();
            }
        } catch (Throwable e) {
            outcome = () -> fail.accept(e);
        }
    }

    @Override
    public void deliver() {
        delivered = true;
        outcome.run();
    }

    @Override
    public boolean isAbandoned() {
        return abandoned;
    }
}
