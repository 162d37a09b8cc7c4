package io.menso.inference.evaluation;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Tells how far a long piece of work is: done of total, rate and time left.
final class Progress {

    private static final Duration ON_TERMINAL = Duration.ofMillis(300);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final int WIDTH = 78;

    private final PrintStream out;
    private final boolean overwrites;

    /// @param overwrites whether each line may replace the one before it, as on a terminal
    Progress(PrintStream out, boolean overwrites) {
        this.out = out;
        this.overwrites = overwrites;
    }

    /// On standard error; in a file or a pipe a line every ten seconds.
    static Progress onTerminal() {
        Console console = System.console();
        return new Progress(System.err, console != null && console.isTerminal());
    }

    void say(String line) {
        out.println(line);
    }

    Task start(String title, int total) {
        return new Task(title, total);
    }

    private long interval() {
        return (overwrites ? ON_TERMINAL : ELSEWHERE).toNanos();
    }

    /// One piece of work of known size; steps may come from several threads.
    final class Task {

        private final String title;
        private final int total;
        private final long start = System.nanoTime();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicLong next = new AtomicLong(start + interval());

        private Task(String title, int total) {
            this.title = title;
            this.total = total;
        }

        void step() {
            int count = done.incrementAndGet();
            long now = System.nanoTime();
            long due = next.get();
            if (now >= due && count < total && next.compareAndSet(due, now + interval())) {
                show(line(title, count, total, Duration.ofNanos(now - start)), false);
            }
        }

        /// Ends the line.
        void finish() {
            show(line(title, done.get(), total, Duration.ofNanos(System.nanoTime() - start)), true);
        }

        private void show(String line, boolean last) {
            if (overwrites) {
                out.print("\r" + line + " ".repeat(Math.max(0, WIDTH - line.length())) + (last ? "\n" : ""));
                out.flush();
            } else {
                out.println(line);
            }
        }
    }

    /// Such as `faces: 1,200 of 9,564, 81.0/s, 1 min 43 s left`.
    static String line(String title, int done, int total, Duration elapsed) {
        double seconds = Math.max(1e-3, elapsed.toNanos() / 1e9);
        double rate = done / seconds;
        String head = String.format(Locale.ROOT, "%s: %,d of %,d, %.1f/s", title, done, total, rate);
        if (done == 0) {
            return head;
        }
        return done == total ? head + ", " + time(seconds) : head + ", " + time((total - done) / rate) + " left";
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
