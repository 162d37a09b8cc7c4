package io.menso.local.cli;

import io.menso.local.stack.Json;
import io.menso.local.stack.Suite;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Tells how each process is.
@Command(
        name = "status",
        description = "Shows each process with its port and health. Exit code 0 when all are healthy, otherwise 1.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @Option(names = "--json", description = "as JSON: {\"services\":[{\"name\",\"pid\",\"port\",\"healthy\"}]}")
    private boolean json;

    @Override
    public Integer call() {
        List<Suite.State> states = new Suite(Menso.home(), ignored -> {}).status();
        System.out.print(json ? Json.write(Map.of("services", states)) + "\n" : table(states));
        return states.stream().allMatch(Suite.State::healthy) ? 0 : 1;
    }

    static String table(List<Suite.State> states) {
        StringBuilder table = new StringBuilder(String.format("%-18s %8s %6s  %s%n", "NAME", "PID", "PORT", "STATE"));
        for (Suite.State state : states) {
            String word = state.pid() == null ? "down" : state.healthy() ? "healthy" : "not healthy";
            String pid = state.pid() == null ? "-" : Long.toString(state.pid());
            table.append(String.format("%-18s %8s %6d  %s%n", state.name(), pid, state.port(), word));
        }
        return table.toString();
    }
}
