package io.menso.pipeline.sandbox.position;

/// Tells where in a source something happened, as `line:column`, both from 1.
///
/// QuickJS gives no more than the nearest mark before it; what lies between is searched in the source.
public final class Positions {

    private final String source;
    private final int start;
    private final int inserted;

    /// @param start    index of the first character of the function
    /// @param inserted how many characters stood before it in what QuickJS evaluated
    public Positions(String source, int start, int inserted) {
        this.source = source;
        this.start = start;
        this.inserted = inserted;
    }

    /// Of the call that a stack trace was taken in.
    ///
    /// @param stack as QuickJS has it; the start of the function when it names no position
    public String ofCall(String stack) {
        Search search = new Search(stack);
        return search.describe(search.locator().call(search.mark, search.index));
    }

    /// Of a fault that ended the script.
    ///
    /// @param stack as QuickJS has it, empty for what is no `Error`
    public String ofFault(String stack, String error, String message) {
        Search search = new Search(stack);
        return search.describe(search.locator().locate(search.mark, search.index, error, message));
    }

    /// Of what used up the time or the memory: a guess.
    ///
    /// @param lastCall stack trace of the last call that the script made, empty when there was none
    public String ofLoop(String lastCall) {
        Search search = new Search(lastCall);
        return search.describe(new HangLocator(search.code)
                .loop(search.index)
                .orElseGet(() -> search.locator().call(search.mark, search.index)));
    }

    /// Of what used up the stack: a guess.
    ///
    /// @param lastCall stack trace of the last call that the script made, empty when there was none
    public String ofRecursion(String lastCall) {
        Search search = new Search(lastCall);
        return search.describe(new HangLocator(search.code)
                .recursion()
                .orElseGet(() -> search.locator().call(search.mark, search.index)));
    }

    /// One look at the source; made only when something failed.
    private final class Search {

        private final Lines lines = new Lines(source);
        private final Outline code = new Outline(source, lines);
        private final Mark mark;
        private final int index;

        Search(String stack) {
            mark = Mark.of(stack);
            index = mark.known() ? index(mark) : start;
        }

        private int index(Mark place) {
            int raw = lines.index(place.line(), place.column());
            if (place.line() != lines.line(start)) {
                return raw;
            }
            int moved = lines.index(place.line(), place.column() - inserted);
            return moved >= start ? moved : Math.min(raw, start);
        }

        FaultLocator locator() {
            return new FaultLocator(code, lines);
        }

        String describe(int at) {
            return lines.describe(at);
        }
    }
}
