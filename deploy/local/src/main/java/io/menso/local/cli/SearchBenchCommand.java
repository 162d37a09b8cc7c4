package io.menso.local.cli;

import io.menso.local.stack.SearchBenchProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// Measures search. All options, `--help` too, are the program's own.
@Command(
        name = "search",
        description = "Measures exact search against full scans, Lucene and FAISS; needs no running suite.")
final class SearchBenchCommand implements Callable<Integer> {

    @Unmatched
    private final List<String> arguments = new ArrayList<>();

    List<String> arguments() {
        return arguments;
    }

    @Override
    public Integer call() {
        return new SearchBenchProgram(Menso.home()).run(arguments);
    }
}
