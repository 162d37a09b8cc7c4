package io.menso.pipeline.sandbox.position;

import java.util.OptionalInt;

/// Guesses where a script that had to be stopped was. Nobody can ask it then: the guess is the only loop, or the only
/// function that calls itself, after the last place it is known to have passed.
final class HangLocator {

    private static final int SEVERAL = -2;

    private final Outline code;

    HangLocator(Outline code) {
        this.code = code;
    }

    /// @param index a character that the script has passed
    /// @return the character where the only outermost loop behind it starts
    OptionalInt loop(int index) {
        int found = -1;
        int i = code.tokenAt(index);
        while (i < code.size()) {
            if (isLoop(i)) {
                found = found == -1 ? i : SEVERAL;
                i = endOfLoop(i) + 1;
            } else {
                i++;
            }
        }
        return place(found);
    }

    /// @return the character where the only function that calls itself by name does so
    OptionalInt recursion() {
        int found = -1;
        for (int i = 0; i < code.size() && found != SEVERAL; i++) {
            boolean called = code.token(i).isName()
                    && code.token(i + 1).is("(")
                    && !code.token(i - 1).isDot();
            if (called
                    && code.owner(i).name().equals(code.token(i).text())
                    && i >= code.owner(i).body()) {
                found = found == -1 ? i : SEVERAL;
            }
        }
        return place(found);
    }

    private OptionalInt place(int i) {
        return i < 0 ? OptionalInt.empty() : OptionalInt.of(code.token(i).at());
    }

    private boolean isLoop(int i) {
        Token token = code.token(i);
        Token next = code.token(i + 1);
        boolean headed = token.isName("for") || token.isName("while");
        boolean loop = headed ? next.is("(") || next.isName("await") : token.isName("do") && !next.is(":");
        return loop && !code.token(i - 1).isDot();
    }

    private int endOfLoop(int i) {
        if (code.token(i).isName("do")) {
            int body = endOfBody(i + 1);
            int condition = code.token(body + 1).is(";") ? body + 2 : body + 1;
            return code.token(condition).isName("while") ? code.partner(condition + 1) : body;
        }
        int open = code.token(i + 1).is("(") ? i + 1 : i + 2;
        return endOfBody(code.partner(open) + 1);
    }

    private int endOfBody(int i) {
        return code.token(i).is("{") ? code.partner(i) : code.lastOfExpression(i);
    }
}
