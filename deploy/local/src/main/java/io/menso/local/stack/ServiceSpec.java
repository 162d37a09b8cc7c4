package io.menso.local.stack;

import java.util.List;

/// What is particular to one of the six services.
///
/// @param name     as `status` shows it, and the module's folder
/// @param shortName prefix of its settings
/// @param heap     largest Java heap
/// @param database whether it keeps one
/// @param options  further JVM options
record ServiceSpec(String name, String shortName, String heap, boolean database, List<String> options) {

    /// In the order in which they start: the slowest first, the gateway last.
    static final List<ServiceSpec> ALL = List.of(
            new ServiceSpec("inference-service", "inference", "384m", false, List.of("-Dai.djl.offline=true")),
            new ServiceSpec("pipeline-service", "pipeline", "320m", true, List.of()),
            new ServiceSpec(
                    "matching-service", "matching", "256m", true, List.of("--add-modules", "jdk.incubator.vector")),
            new ServiceSpec("identity-service", "identity", "96m", true, List.of()),
            new ServiceSpec("device-service", "device", "96m", true, List.of()),
            new ServiceSpec("gateway", "gateway", "192m", false, List.of()));

    /// Use of its main port in the [PortPlan].
    String httpPort() {
        return name;
    }

    String managementPort() {
        return name + "-management";
    }
}
