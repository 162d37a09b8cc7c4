package io.menso.pipeline.sandbox.position;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The nearest position before a fault that QuickJS knows: it marks calls, operators and statements that are
/// expressions, and where a function starts.
///
/// @param known    whether the trace names one at all
/// @param function name of the function, empty when the trace names none
/// @param line     from 1
/// @param column   from 1, in bytes; 1 or 2 also for the start of a function anywhere on the line
/// @param exact    whether what failed is the call at the mark
record Mark(boolean known, String function, int line, int column, boolean exact) {

    private static final Mark NONE = new Mark(false, "", 1, 1, false);
    private static final Pattern FRAME = Pattern.compile("at (.{1,100}?) \\(<input>:([0-9]{1,7}):([0-9]{1,7})\\)");
    private static final Pattern SYNTAX = Pattern.compile("(?:at )?(<input>):([0-9]{1,7}):([0-9]{1,7})");
    private static final Pattern TEXT =
            Pattern.compile("at (?:<eval> \\(|eval \\(native|[A-Za-z]*Function \\(native|anonymous \\(<input>).*");

    /// The innermost position in the script's own source. Frames of code that it evaluates from text are passed over,
    /// and so is the position that `JSON.parse` gives, which is one in its argument.
    static Mark of(String stack) {
        List<String> frames = stack.lines().map(String::strip).toList();
        int first = 0;
        for (int i = 0; i < frames.size(); i++) {
            if (TEXT.matcher(frames.get(i)).matches()) {
                first = i + 1;
            }
        }
        return innermost(frames.subList(first, frames.size()), first > 0)
                .or(() -> syntax(frames))
                .or(() -> innermost(frames, false))
                .orElse(NONE);
    }

    private static Optional<Mark> innermost(List<String> frames, boolean evaluated) {
        boolean exact = evaluated;
        for (String frame : frames) {
            Matcher position = FRAME.matcher(frame);
            if (position.matches()) {
                return Optional.of(at(position, exact));
            }
            exact = true;
        }
        return Optional.empty();
    }

    private static Optional<Mark> syntax(List<String> frames) {
        Matcher position = SYNTAX.matcher(frames.isEmpty() ? "" : frames.getFirst());
        return position.matches() ? Optional.of(at(position, true)) : Optional.empty();
    }

    private static Mark at(Matcher position, boolean exact) {
        int line = Integer.parseInt(position.group(2));
        int column = Integer.parseInt(position.group(3));
        return new Mark(true, position.group(1), Math.max(1, line), column, exact);
    }

    /// Whether it may be the start of a function somewhere on its line.
    boolean mayBeStart() {
        return column <= 2;
    }
}
