package io.menso.local.cli;

import io.menso.local.demo.Demo;
import picocli.CommandLine.Command;

/// Shows the suite at work.
@Command(
        name = "demo",
        description = "Registers a person who does not exist, recognises the face, and cleans up.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Runnable {

    @Override
    public void run() {
        new Demo(TokenCommand.credentials(Menso.home()), System.out::println).run();
    }
}
