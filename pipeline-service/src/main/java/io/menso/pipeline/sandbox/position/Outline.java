package io.menso.pipeline.sandbox.position;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// The tokens of a source with what a full parser would know of them: pairs of brackets, ends of expressions, and
/// which function each belongs to. Right for ordinary code, a guess for the rest; never fails.
final class Outline {

    /// A function.
    ///
    /// @param name as QuickJS calls it, `<anonymous>` when it has none
    /// @param from first token, that of the parameters or `async`
    /// @param body first token of the body
    /// @param to   last token
    record Function(String name, int from, int body, int to) {}

    private static final String ANONYMOUS = "<anonymous>";
    private static final Set<String> NO_METHODS = Set.of("if", "for", "while", "switch", "catch", "with", "function");
    private static final Function WHOLE = new Function(ANONYMOUS, 0, 0, Integer.MAX_VALUE);

    private final Lines lines;
    private final List<Token> tokens;
    private final int[] partner;
    private final int[] enclosing;
    private final int[] stop;
    private final List<Function> functions = new ArrayList<>();
    private final Function[] owner;

    Outline(String source, Lines lines) {
        this.lines = lines;
        tokens = Lexer.tokens(source);
        partner = new int[tokens.size()];
        enclosing = new int[tokens.size()];
        stop = new int[tokens.size() + 1];
        owner = new Function[tokens.size()];
        pairBrackets();
        findStops();
        for (int i = 0; i < tokens.size(); i++) {
            findFunction(i);
        }
        assignOwners();
    }

    int size() {
        return tokens.size();
    }

    /// A token; one of no kind beyond both ends.
    Token token(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : Token.NONE;
    }

    int line(int i) {
        return lines.line(token(i).at());
    }

    /// The other bracket of a pair; the token itself when it is none.
    int partner(int i) {
        return i >= 0 && i < tokens.size() ? partner[i] : i;
    }

    /// The bracket that is open around a token.
    Token enclosing(int i) {
        return i >= 0 && i < tokens.size() ? token(enclosing[i]) : Token.NONE;
    }

    /// The last token of the expression, or rest of one, that starts here.
    int lastOfExpression(int i) {
        return i >= 0 && i < tokens.size() ? Math.max(i, stop[i] - 1) : i;
    }

    /// The innermost function around a token.
    Function owner(int i) {
        return i >= 0 && i < tokens.size() ? owner[i] : WHOLE;
    }

    /// All functions, outer before inner.
    List<Function> functions() {
        return functions;
    }

    /// The first token at or after a character.
    int tokenAt(int index) {
        int low = 0;
        int high = tokens.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (tokens.get(middle).at() < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void pairBrackets() {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            partner[i] = i;
            if (token.isClosing() && !open.isEmpty()) {
                int other = open.pop();
                partner[i] = other;
                partner[other] = i;
            }
            enclosing[i] = open.isEmpty() ? -1 : open.peek();
            if (token.isOpening()) {
                open.push(i);
            }
        }
    }

    private void findStops() {
        stop[tokens.size()] = tokens.size();
        for (int i = tokens.size() - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            int next = partner[i] > i ? partner[i] + 1 : i + 1;
            boolean ends = token.isClosing() || token.is(";") || token.is(",");
            stop[i] = ends ? i : next >= tokens.size() || endsBefore(next) ? next : stop[next];
        }
    }

    /// Whether a semicolon is inserted before a token because a new line starts there.
    private boolean endsBefore(int i) {
        return token(i - 1).endsOperand() && token(i).startsStatement() && line(i) > line(i - 1);
    }

    private void findFunction(int i) {
        Token token = tokens.get(i);
        if (token.is("=>")) {
            int parameters = token(i - 1).is(")") ? partner[i - 1] : i - 1;
            int from = token(parameters - 1).isName("async") ? parameters - 1 : parameters;
            add(nameBefore(from), from, i + 1, token(i + 1).is("{") ? partner(i + 1) : lastOfExpression(i + 1));
        } else if (token.isName("function")) {
            int named = token(i + 1).is("*") ? i + 2 : i + 1;
            int open = token(named).isName() ? named + 1 : named;
            int from = token(i - 1).isName("async") ? i - 1 : i;
            int body = partner(open) + 1;
            add(open > named ? token(named).text() : nameBefore(from), from, body, partner(body));
        } else if (token.is("(") && token(partner[i] + 1).is("{") && isMethod(i - 1)) {
            String prefix = token(i - 2).isName("get") || token(i - 2).isName("set")
                    ? token(i - 2).text() + " "
                    : "";
            add(prefix + token(i - 1).text(), i - 1, partner[i] + 1, partner(partner[i] + 1));
        }
    }

    private boolean isMethod(int i) {
        Token token = token(i);
        boolean key = token.is("]") || token.isLiteral() || (token.isName() && !NO_METHODS.contains(token.text()));
        boolean function = token(i - 1).isName("function")
                || token(i - 1).isDot()
                || (token(i - 1).is("*") && token(i - 2).isName("function"));
        return key && !function && enclosing(i).is("{");
    }

    private String nameBefore(int from) {
        boolean named = (token(from - 1).is("=") || token(from - 1).is(":"))
                && token(from - 2).isName();
        return named ? token(from - 2).text() : ANONYMOUS;
    }

    private void add(String name, int from, int body, int to) {
        if (from >= 0 && from < body && body <= to) {
            functions.add(new Function(name, from, body, to));
        }
    }

    private void assignOwners() {
        functions.sort(Comparator.comparingInt(Function::from));
        Arrays.fill(owner, WHOLE);
        Deque<Function> open = new ArrayDeque<>();
        int next = 0;
        for (int i = 0; i < tokens.size(); i++) {
            while (!open.isEmpty() && open.peek().to() < i) {
                open.pop();
            }
            while (next < functions.size() && functions.get(next).from() <= i) {
                open.push(functions.get(next++));
            }
            owner[i] = open.isEmpty() ? WHOLE : open.peek();
        }
    }
}
