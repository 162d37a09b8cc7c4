package io.menso.pipeline.sandbox.position;

import java.util.Set;

/// A piece of a source.
///
/// @param kind what it is
/// @param text as written; of a string or a template what stands between its quotes
/// @param at   index of its first character
record Token(Kind kind, String text, int at) {

    enum Kind {
        NAME,
        NUMBER,
        STRING,
        TEMPLATE,
        REGEX,
        SIGN,
        END
    }

    static final Token NONE = new Token(Kind.END, "", 0);

    private static final Set<String> OPERATORS = Set.of(
            "return",
            "typeof",
            "case",
            "in",
            "of",
            "delete",
            "void",
            "throw",
            "new",
            "else",
            "do",
            "instanceof",
            "await",
            "yield",
            "extends",
            "default");
    private static final Set<String> ASSIGNMENTS = Set.of(
            "=", "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??=");

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isName() {
        return kind == Kind.NAME;
    }

    boolean isName(String name) {
        return isName() && text.equals(name);
    }

    boolean isDeclaration() {
        return isName("const") || isName("let") || isName("var");
    }

    boolean isLiteral() {
        return kind == Kind.STRING || kind == Kind.NUMBER;
    }

    boolean isAssignment() {
        return kind == Kind.SIGN && ASSIGNMENTS.contains(text);
    }

    boolean isStep() {
        return is("++") || is("--");
    }

    boolean isDot() {
        return is(".") || is("?.");
    }

    boolean isOpening() {
        return is("(") || is("[") || is("{") || is("${");
    }

    boolean isClosing() {
        return is(")") || is("]") || is("}");
    }

    /// A word after which an operand follows.
    boolean isOperatorWord() {
        return isName() && OPERATORS.contains(text);
    }

    /// Whether an expression can end with it.
    boolean endsOperand() {
        return switch (kind) {
            case NAME -> !isOperatorWord();
            case NUMBER, STRING, TEMPLATE, REGEX -> true;
            case SIGN -> isClosing() || isStep();
            case END -> false;
        };
    }

    /// Whether a statement can start with it, and no expression can go on with it.
    boolean startsStatement() {
        return switch (kind) {
            case NAME -> !isName("in") && !isName("of") && !isName("instanceof");
            case NUMBER, STRING -> true;
            case SIGN -> is("{") || isStep();
            case TEMPLATE, REGEX, END -> false;
        };
    }
}
