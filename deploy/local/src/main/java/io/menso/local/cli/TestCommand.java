package io.menso.local.cli;

import io.menso.local.stack.LauncherException;
import picocli.CommandLine.Command;

/// Only described here: the script runs Maven itself, because tests rebuild what this program runs from.
@Command(
        name = "test",
        description = "Runs everything that CI runs: all tests, the quality gate, the system tests.",
        mixinStandardHelpOptions = true)
final class TestCommand implements Runnable {

    @Override
    public void run() {
        throw new LauncherException("run the tests with the script: ./menso test");
    }
}
