package io.menso.pipeline.sandbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;

/// Counts scripts that keep much memory while they wait, so that a few cannot fill the heap for everybody.
@ApplicationScoped
public class LargeScripts {

    private final int atOnce;
    private final Map<Execution, String> kept = new HashMap<>();

    @Inject
    public LargeScripts(SandboxConfig config) {
        this.atOnce = config.largeAtOnce();
    }

    /// @return whether the execution may keep its memory
    synchronized boolean keep(Execution execution) {
        if (kept.containsKey(execution)) {
            return true;
        }
        String tenant = execution.job().tenant();
        long own = kept.values().stream().filter(tenant::equals).count();
        if (kept.size() >= atOnce || own >= Math.max(1, atOnce / 2)) {
            return false;
        }
        kept.put(execution, tenant);
        if (execution.outcome().isDone()) {
            kept.remove(execution);
        }
        return true;
    }

    synchronized void release(Execution execution) {
        kept.remove(execution);
    }
}
