package io.menso.pipeline.sandbox.position;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Splits a source into tokens in one pass; comments vanish. Takes any text and never fails.
final class Lexer {

    private static final Set<String> SIGNS = Set.of(
            ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", ">>>", "&&=", "||=", "??=", "=>", "==", "!=", "<=", ">=",
            "&&", "||", "??", "?.", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>", "**");
    private static final int LONGEST_SIGN = 4;
    private static final Set<String> HEADED = Set.of("if", "while", "for", "with");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    /// For each open bracket whether a statement's body follows it, as in `if (x) /r/.test(y)`.
    private final Deque<Boolean> headers = new ArrayDeque<>();
    /// Depths of brackets at which a `}` goes on with a template.
    private final Deque<Integer> templates = new ArrayDeque<>();
    private boolean afterHeader;
    private int noRegexBefore;
    private int at;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String source) {
        Lexer lexer = new Lexer(source);
        while (lexer.at < source.length()) {
            lexer.step();
        }
        return lexer.tokens;
    }

    private void step() {
        char c = source.charAt(at);
        if (c <= ' ' || c == '\uFEFF' || Character.isWhitespace(c) || Character.isSpaceChar(c)) {
            at++;
        } else if (source.startsWith("//", at)) {
            at = endOfLine(at);
        } else if (source.startsWith("/*", at)) {
            int end = source.indexOf("*/", at + 2);
            at = end < 0 ? source.length() : end + 2;
        } else if (c == '"' || c == '\'') {
            quoted(c);
        } else if (c == '`') {
            at++;
            template();
        } else if (c == '/' && expectsOperand() && regex()) {
            at++;
        } else if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
            number();
        } else if (isPart(c)) {
            name();
        } else {
            sign();
        }
    }

    private void quoted(char quote) {
        int start = at + 1;
        int end = start;
        while (end < source.length() && source.charAt(end) != quote && source.charAt(end) != '\n') {
            end += source.startsWith("\\\r\n", end) ? 3 : source.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(end, source.length());
        tokens.add(new Token(Token.Kind.STRING, source.substring(start, end), at));
        at = Math.min(end + 1, source.length());
    }

    /// From the quote or the `}` on, up to the closing quote or the next `${`.
    private void template() {
        int start = at;
        while (at < source.length() && source.charAt(at) != '`' && !source.startsWith("${", at)) {
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at, source.length());
        tokens.add(new Token(Token.Kind.TEMPLATE, source.substring(start, at), Math.max(0, start - 1)));
        if (source.startsWith("${", at)) {
            tokens.add(new Token(Token.Kind.SIGN, "${", at));
            templates.push(headers.size());
            headers.push(false);
            at += 2;
        } else {
            at = Math.min(at + 1, source.length());
        }
    }

    private boolean expectsOperand() {
        Token last = tokens.isEmpty() ? Token.NONE : tokens.getLast();
        return at >= noRegexBefore && (!last.endsOperand() || last.is("}") || (last.is(")") && afterHeader));
    }

    /// Takes a regular expression, if one ends on this line, up to its closing slash.
    private boolean regex() {
        boolean inClass = false;
        int end = endOfLine(at);
        for (int i = at + 1; i < end; i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '/' && !inClass) {
                tokens.add(new Token(Token.Kind.REGEX, "", at));
                at = i;
                return true;
            } else if (c == '[' || c == ']') {
                inClass = c == '[';
            }
        }
        noRegexBefore = end;
        return false;
    }

    private void number() {
        int start = at;
        boolean dotted = false;
        while (at < source.length() && (isPart(source.charAt(at)) || (source.charAt(at) == '.' && !dotted))) {
            dotted |= source.charAt(at) == '.';
            at++;
        }
        tokens.add(new Token(Token.Kind.NUMBER, source.substring(start, at), start));
    }

    private void name() {
        int start = at;
        while (at < source.length() && isPart(source.charAt(at))) {
            at++;
        }
        tokens.add(new Token(Token.Kind.NAME, source.substring(start, at), start));
    }

    private void sign() {
        int length = Math.min(LONGEST_SIGN, source.length() - at);
        while (length > 1 && !SIGNS.contains(source.substring(at, at + length))) {
            length--;
        }
        if (source.startsWith("?.", at) && isDigit(at + 2)) {
            length = 1;
        }
        Token sign = new Token(Token.Kind.SIGN, source.substring(at, at + length), at);
        Token before = tokens.isEmpty() ? Token.NONE : tokens.getLast();
        tokens.add(sign);
        at += length;
        if (sign.isOpening()) {
            headers.push(sign.is("(") && before.isName() && HEADED.contains(before.text()));
        } else if (sign.isClosing() && !headers.isEmpty()) {
            afterHeader = headers.pop();
            if (!templates.isEmpty() && templates.peek() == headers.size()) {
                templates.pop();
                template();
            }
        }
    }

    private int endOfLine(int from) {
        int end = from;
        while (end < source.length() && "\n\r\u2028\u2029".indexOf(source.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private boolean isDigit(int index) {
        return index < source.length() && source.charAt(index) >= '0' && source.charAt(index) <= '9';
    }

    private static boolean isPart(char c) {
        boolean other = c == '$' || c == '#' || c == '\\' || Character.isSurrogate(c);
        return other || Character.isUnicodeIdentifierPart(c);
    }
}
