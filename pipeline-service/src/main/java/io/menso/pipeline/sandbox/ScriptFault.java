package io.menso.pipeline.sandbox;

/// A script failed by its own doing: it threw, broke a limit or returned what is no JSON.
public final class ScriptFault extends RuntimeException {

    private static final int MAX_LENGTH = 500;

    /// @param position where, for example `pipeline.js:3:14`
    /// @param problem  what happened, cut to a sensible length
    public ScriptFault(String position, String problem) {
        super(position + ": " + cut(problem), null, false, false);
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }

    /// What happened and where.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
