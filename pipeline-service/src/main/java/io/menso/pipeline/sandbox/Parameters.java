package io.menso.pipeline.sandbox;

import java.util.Set;

/// Counts what a function declares between its parentheses; `length` would stop at the first default.
final class Parameters {

    private static final Set<Character> BEFORE_REGEX =
            Set.of('(', ',', '=', ':', '[', '!', '&', '|', '?', '{', '}', ';', '>');

    private final String text;
    private int at;
    private int depth;
    private int commas;
    private boolean content;
    private char previous = '(';

    private Parameters(String text, int open) {
        this.text = text;
        this.at = open + 1;
    }

    /// @param function text of an arrow function or function expression that QuickJS has parsed
    static int count(String function) {
        String head = function.replaceFirst("^async", "     ");
        int open = -1;
        int index = 0;
        while (index < head.length()) {
            int after = skipComment(head, index);
            if (after > index) {
                index = after;
            } else if (head.charAt(index) == '(') {
                open = index;
                break;
            } else if (head.startsWith("=>", index)) {
                return 1;
            } else {
                index++;
            }
        }
        return open < 0 ? 1 : new Parameters(head, open).count();
    }

    private int count() {
        while (at < text.length()) {
            int after = skipComment(text, at);
            char c = text.charAt(at);
            if (after > at) {
                at = after;
            } else if (c == '"' || c == '\'' || c == '`' || (c == '/' && BEFORE_REGEX.contains(previous))) {
                skipQuoted(c);
                seen(c);
            } else if (c == ')' && depth == 0) {
                return commas + (content ? 1 : 0);
            } else {
                step(c);
            }
        }
        return commas + 1;
    }

    private void step(char c) {
        at++;
        if (c == ',' && depth == 0) {
            commas++;
            content = false;
            previous = c;
            return;
        }
        if ("([{".indexOf(c) >= 0) {
            depth++;
        } else if (")]}".indexOf(c) >= 0) {
            depth--;
        }
        if (!Character.isWhitespace(c)) {
            seen(c);
        }
    }

    private void seen(char c) {
        content = true;
        previous = c;
    }

    private void skipQuoted(char quote) {
        boolean inClass = false;
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (quote == '/' && (c == '[' || c == ']')) {
                inClass = c == '[';
            } else if (c == quote && !inClass) {
                at++;
                return;
            }
        }
    }

    private static int skipComment(String text, int at) {
        if (text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        return at;
    }
}
