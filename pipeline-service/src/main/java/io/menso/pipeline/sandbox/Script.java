package io.menso.pipeline.sandbox;

import io.menso.pipeline.sandbox.position.Positions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A pipeline's source, made ready for evaluation as one expression.
///
/// Comments and directives may stand before the function. Behind them a `0,` is inserted: it turns what follows
/// into an expression, also where `async function` would be a declaration. Positions are those of the source.
///
/// @param source    as its author wrote it
/// @param start     index of the first character that is neither comment nor directive
/// @param evaluated what QuickJS evaluates
public record Script(String source, int start, String evaluated) {

    private static final String FILE = "pipeline.js:";
    private static final String PREFIX = "0,";
    private static final String TRIVIA = "(?:[\\s\\x{FEFF}\\x{A0}]|//[^\\r\\n]*|/\\*(?s:.*?)\\*/)*+";
    private static final String DIRECTIVE = "(?:\"(?:[^\"\\\\\\r\\n]|\\\\.)*+\"|'(?:[^'\\\\\\r\\n]|\\\\.)*+')";
    private static final Pattern LEAD = Pattern.compile(TRIVIA + "(?:" + DIRECTIVE + TRIVIA + ";?" + TRIVIA + ")*+");
    private static final Pattern OPENING = Pattern.compile("(?:\\(" + TRIVIA + ")*+");

    public static Script of(String source) {
        Matcher lead = LEAD.matcher(source);
        int start = lead.lookingAt() ? lead.end() : 0;
        return new Script(source, start, source.substring(0, start) + PREFIX + source.substring(start));
    }

    /// Whether the source is this function and nothing else but comments, directives, parentheses and semicolons.
    ///
    /// @param function text of the function that the evaluation gave
    public boolean isExactly(String function) {
        Matcher opening = OPENING.matcher(source).region(start, source.length());
        int from = opening.lookingAt() ? opening.end() : start;
        if (!source.startsWith(function, from)) {
            return false;
        }
        long parentheses = source.substring(start, from)
                .replaceAll("//[^\\r\\n]*|/\\*(?s:.*?)\\*/", "")
                .chars()
                .filter(c -> c == '(')
                .count();
        String tail = source.substring(from + function.length());
        return Pattern.matches(TRIVIA + "(?:\\)" + TRIVIA + "){" + parentheses + "}(?:;" + TRIVIA + ")*+", tail);
    }

    /// Position of the call that a stack trace was taken in, as `pipeline.js:line:column`; that of the function when
    /// the trace names none.
    public String position(String stack) {
        return FILE + positions().ofCall(stack);
    }

    /// Position of an exception that ended the script.
    ///
    /// @param error name of the error; `Thrown` for what is none
    String faultPosition(String stack, String error, String message) {
        return FILE + positions().ofFault(stack, error, message);
    }

    /// Position of what probably used up the time or the memory.
    ///
    /// @param lastCall stack trace of the last call before
    String loopPosition(String lastCall) {
        return FILE + positions().ofLoop(lastCall);
    }

    /// Position of what probably used up the stack.
    ///
    /// @param lastCall stack trace of the last call before
    String recursionPosition(String lastCall) {
        return FILE + positions().ofRecursion(lastCall);
    }

    private Positions positions() {
        return new Positions(source, start, PREFIX.length());
    }
}
