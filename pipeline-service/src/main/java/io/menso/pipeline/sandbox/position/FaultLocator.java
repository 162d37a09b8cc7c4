package io.menso.pipeline.sandbox.position;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Finds the place in a source that a fault comes from, starting from the nearest mark before it.
final class FaultLocator {

    private static final String NO_ERROR = "Thrown";
    private static final int MAX_ON_LINE = 16;

    private final Outline code;
    private final Lines lines;

    FaultLocator(Outline code, Lines lines) {
        this.code = code;
        this.lines = lines;
    }

    /// @param index character of the mark
    /// @param error name of the error; `Thrown` for what is none
    /// @return index of the character where the fault is, that of the mark when nothing better is found
    int locate(Mark mark, int index, String error, String message) {
        if (!mark.known()) {
            return error.equals(NO_ERROR) ? thrown(message).orElse(index) : index;
        }
        int from = code.tokenAt(index);
        if (!mark.exact()) {
            for (Suspect suspect : Suspect.of(error, message)) {
                OptionalInt found = find(mark, from, suspect);
                if (found.isPresent()) {
                    return code.token(found.getAsInt()).at();
                }
            }
        }
        return call(mark, index);
    }

    /// Where a call starts whose mark is at its first argument on a later line, as QuickJS has it.
    int call(Mark mark, int index) {
        int i = code.tokenAt(index);
        boolean argument =
                mark.known() && !mark.mayBeStart() && code.token(i - 1).is("(") && code.line(i - 1) < lines.line(index);
        if (!argument) {
            return index;
        }
        return code.token(code.token(i - 2).isName() ? i - 2 : i - 1).at();
    }

    private OptionalInt find(Mark mark, int from, Suspect suspect) {
        List<Outline.Function> starting = mark.mayBeStart() ? starting(mark) : List.of();
        for (Outline.Function function : starting) {
            OptionalInt found = first(function, function.from(), suspect);
            if (found.isPresent()) {
                return found;
            }
        }
        Outline.Function function = code.owner(from);
        if (!starting.isEmpty() && !function.name().equals(mark.function())) {
            return OptionalInt.empty();
        }
        OptionalInt found = first(function, from, suspect);
        return found.isPresent() ? found : last(function, from, suspect);
    }

    /// Functions that start on the mark's line and are called as it says, if any are.
    private List<Outline.Function> starting(Mark mark) {
        List<Outline.Function> all = code.functions().stream()
                .filter(function -> code.line(function.from()) == mark.line())
                .toList();
        List<Outline.Function> named =
                all.stream().filter(one -> one.name().equals(mark.function())).toList();
        return (named.isEmpty() ? all : named).stream().limit(MAX_ON_LINE).toList();
    }

    /// The suspect that is evaluated first from a token on.
    private OptionalInt first(Outline.Function function, int from, Suspect suspect) {
        int best = -1;
        int order = Integer.MAX_VALUE;
        for (int i = function.from(); i <= end(function); i++) {
            int own = code.owner(i).equals(function) ? suspect.order(code, i) : Suspect.NO;
            if (own >= from && own < order) {
                best = i;
                order = own;
            }
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    /// The nearest suspect before a token; the third part of a `for` is evaluated after what is written behind it.
    private OptionalInt last(Outline.Function function, int from, Suspect suspect) {
        return IntStream.rangeClosed(function.from(), Math.min(from, end(function)))
                .filter(i -> code.owner(i).equals(function) && suspect.order(code, i) != Suspect.NO)
                .reduce((_, later) -> later);
    }

    private int end(Outline.Function function) {
        return Math.min(function.to(), code.size() - 1);
    }

    /// What is thrown without being an error leaves no trace: the `throw` of just this text, else the first one that
    /// throws no new object.
    private OptionalInt thrown(String message) {
        IntStream.Builder others = IntStream.builder();
        for (int i = 0; i < code.size(); i++) {
            Token operand = code.token(i + 1);
            if (!code.token(i).isName("throw") || code.token(i - 1).isDot() || operand.isName("new")) {
                continue;
            }
            boolean text = operand.isLiteral() || operand.kind() == Token.Kind.TEMPLATE;
            if (text && operand.text().equals(message)) {
                return OptionalInt.of(code.token(i).at());
            }
            others.add(code.token(i).at());
        }
        return others.build().findFirst();
    }
}
