package io.menso.pipeline.sandbox;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/// The way back from a script's thread to the request.
public final class Threads {

    private Threads() {}

    /// Runs what it is given on the Vert.x context from which this is called: sessions and responses belong to it.
    public static Executor here() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : command -> context.runOnContext(_ -> command.run());
    }
}
