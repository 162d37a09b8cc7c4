package io.menso.pipeline.sandbox.position;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What in a source can have raised a certain error.
///
/// Each answers for a token after which other token QuickJS would have evaluated it, because that order counts: in
/// `x.a = f()` the call comes first, although it is written behind.
@FunctionalInterface
interface Suspect {

    int NO = -1;

    /// @return the token that is evaluated last before this one fails, or [#NO] when it cannot be the culprit
    int order(Outline code, int i);

    /// Those to look for, best first; none for an error that says nothing of its place.
    static List<Suspect> of(String error, String message) {
        Matcher read = Words.READ.matcher(message);
        Matcher write = Words.WRITE.matcher(message);
        Matcher name = Words.NAME.matcher(message);
        Matcher constant = Words.CONSTANT.matcher(message);
        boolean reference = error.equals("ReferenceError");
        if (message.equals(Words.NOT_ITERABLE)
                || Words.ITERATOR.matcher(message).matches()) {
            return List.of(Suspect::iteration);
        } else if (message.equals(Words.NO_OBJECT)) {
            return List.of(Suspect::pattern);
        } else if (read.matches()) {
            String key = read.group(1);
            return List.of((code, i) -> read(code, i, key), Suspect::computed);
        } else if (write.matches()) {
            String key = write.group(1);
            return List.of((code, i) -> isMember(code, i, key) ? assignment(code, i) : NO, Suspect::computedWrite);
        } else if (constant.matches()) {
            String key = constant.group(1);
            return List.of((code, i) -> constant(code, i, key));
        }
        return reference && name.matches() ? List.of((code, i) -> name(code, i, name.group(1))) : List.of();
    }

    /// Messages of QuickJS.
    final class Words {
        private static final Pattern READ = Pattern.compile("cannot read property '(.*)' of (?:undefined|null)");
        private static final Pattern ITERATOR =
                Pattern.compile("cannot read property 'Symbol\\.(?:i|asyncI)terator' of (?:undefined|null)");
        private static final Pattern WRITE = Pattern.compile("cannot set property '(.*)' of (?:undefined|null)");
        private static final Pattern NAME = Pattern.compile("'?([^' ]+)'? is not (?:defined|initialized)");
        private static final Pattern CONSTANT = Pattern.compile("'(.*)' is read-only");
        private static final String NOT_ITERABLE = "value is not iterable";
        private static final String NO_OBJECT = "Cannot convert undefined or null to object";

        private Words() {}
    }

    private static boolean isMember(Outline code, int i, String key) {
        Token token = code.token(i);
        boolean dotted = token.isName(key) && code.token(i - 1).isDot();
        boolean quoted = token.isLiteral() && token.text().equals(key);
        return dotted || (quoted && code.token(i - 1).is("[") && code.partner(i - 1) == i + 1);
    }

    /// Index of what follows a member, behind the bracket of `['a']`.
    private static int after(Outline code, int i) {
        return code.token(i).isLiteral() ? i + 2 : i + 1;
    }

    private static int read(Outline code, int i, String key) {
        return isMember(code, i, key) && !code.token(after(code, i)).is("=") ? i : NO;
    }

    private static int assignment(Outline code, int i) {
        int next = after(code, i);
        if (code.token(next).isAssignment()) {
            return code.lastOfExpression(next + 1);
        }
        return code.token(next).isStep() || code.token(i - 1).isStep() ? i : NO;
    }

    private static boolean isComputed(Outline code, int i) {
        return code.token(i).is("[")
                && code.token(i - 1).endsOperand()
                && !code.token(i - 1).is("}")
                && !code.token(i - 1).isDeclaration();
    }

    private static int computed(Outline code, int i) {
        return isComputed(code, i) && !code.token(code.partner(i) + 1).is("=") ? code.partner(i) : NO;
    }

    private static int computedWrite(Outline code, int i) {
        boolean written = isComputed(code, i) && code.token(code.partner(i) + 1).isAssignment();
        return written ? code.lastOfExpression(code.partner(i) + 2) : NO;
    }

    private static int constant(Outline code, int i, String key) {
        boolean named = code.token(i).isName(key) && !code.token(i - 1).isDeclaration();
        return named || isMember(code, i, key) ? assignment(code, i) : NO;
    }

    private static int name(Outline code, int i, String name) {
        Token before = code.token(i - 1);
        boolean key = code.token(i + 1).is(":") && (before.is("{") || before.is(","));
        boolean declared = before.isDeclaration() || before.isName("class") || before.isName("function");
        if (!code.token(i).isName(name) || before.isDot() || key || declared) {
            return NO;
        }
        return code.token(i + 1).is("=") ? code.lastOfExpression(i + 2) : i;
    }

    /// `const {a} =`, `({a} =` or a parameter `{a}`.
    private static int pattern(Outline code, int i) {
        if (!code.token(i).is("{")) {
            return NO;
        }
        Token next = code.token(code.partner(i) + 1);
        boolean first = code.token(i - 1).is("(") || code.token(i - 1).is(",");
        boolean parameter = first && i < code.owner(i).body() && (next.is(")") || next.is(",") || next.is("="));
        boolean declared = code.token(i - 1).isDeclaration() && !isSafe(code, i);
        return declared || parameter || (first && next.is("=")) ? i : NO;
    }

    /// Whether a flat pattern takes a literal apart, as in `const {a} = {}`: that never fails.
    private static boolean isSafe(Outline code, int i) {
        int end = code.partner(i);
        Token value = code.token(end + 2);
        boolean literal = code.token(end + 1).is("=") && (value.is("{") || value.is("["));
        return literal && !code.token(end - 1).isClosing();
    }

    /// `of x)`, `...x` where it is taken apart into elements, or an array as a pattern.
    private static int iteration(Outline code, int i) {
        Token token = code.token(i);
        boolean header = i < code.owner(i).body();
        if (token.isName("of") && code.enclosing(i).is("(") && code.token(i - 1).endsOperand()) {
            return code.lastOfExpression(i + 1);
        } else if (token.is("...") && !header && !code.enclosing(i).is("{")) {
            return code.lastOfExpression(i + 1);
        }
        boolean declared = code.token(i - 1).isDeclaration();
        boolean pattern =
                declared ? !isSafe(code, i) : code.token(code.partner(i) + 1).is("=");
        boolean parameter =
                header && (code.token(i - 1).is("(") || code.token(i - 1).is(","));
        return token.is("[") && !isComputed(code, i) && (pattern || parameter) ? i : NO;
    }
}
