package io.menso.local.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// One process of the suite.
///
/// @param name        as `status` shows it
/// @param port        where it serves
/// @param program     what runs, in front of the arguments
/// @param arguments   the rest of the command
/// @param environment settings, beside what the launcher itself was started with
/// @param build       the folder of jars it runs from, when it is a Java program that can have a start-up cache
/// @param stopSignal  the signal that ends it in order
/// @param healthy     whether it answers
record Component(
        String name,
        int port,
        List<String> program,
        List<String> arguments,
        Map<String, String> environment,
        Optional<Path> build,
        String stopSignal,
        BooleanSupplier healthy) {}
