package io.menso.local.cli;

import io.menso.local.stack.Suite;
import picocli.CommandLine.Command;

/// Stops what `up` started.
@Command(
        name = "down",
        description = "Stops everything that up started, and nothing else. Data stay.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Runnable {

    @Override
    public void run() {
        int stopped = new Suite(Menso.home(), System.out::println).down();
        System.out.println(stopped == 0 ? "nothing was running" : "Menso is down");
    }
}
