package io.menso.pipeline.sandbox;

import java.util.concurrent.CompletionStage;

/// One execution to run.
///
/// @param tenant  whose it is
/// @param lane    which of its queues serves it
/// @param script  what to run
/// @param images  JSON array of `{"name","type","size"}`, in order
/// @param params  JSON object of the request's parameters
/// @param budget  what it may spend, together with the executions it is nested in
/// @param calls   where `api` calls go
public record Job(String tenant, Lane lane, Script script, String images, String params, Budget budget, Calls calls) {

    /// The queues of a tenant. They are apart so that its own endless loops cannot hold up its built-in pipelines.
    public enum Lane {
        BUILT_IN,
        OWN
    }

    /// Where `api` calls go.
    @FunctionalInterface
    public interface Calls {
        /// @return the answer as JSON text, or an `ApiException` that the script sees as `{status, error, reason}`
        CompletionStage<String> call(Call call);
    }

    /// An `api` call as the script made it; nothing in it has been checked.
    ///
    /// @param method name of the function, `get` to `delete`
    /// @param path   as given
    /// @param body   JSON text, empty when there is none
    /// @param images numbers of the images that make the body, separated by commas, empty when there are none
    /// @param params JSON text, empty when there are none
    public record Call(String method, String path, String body, String images, String params) {}

    /// Key of the queue in which it waits.
    String queue() {
        return tenant + ' ' + lane;
    }
}
