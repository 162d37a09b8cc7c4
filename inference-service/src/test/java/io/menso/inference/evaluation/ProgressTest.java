package io.menso.inference.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void aLineTellsDoneTotalRateAndTimeLeft() {
        assertThat(Progress.line("faces", 1200, 9564, Duration.ofSeconds(15)))
                .isEqualTo("faces: 1,200 of 9,564, 80.0/s, 1 min 45 s left");
        assertThat(Progress.line("faces", 100, 100, Duration.ofSeconds(2))).isEqualTo("faces: 100 of 100, 50.0/s, 2 s");
        assertThat(Progress.line("faces", 0, 0, Duration.ZERO)).isEqualTo("faces: 0 of 0, 0.0/s");
    }

    @Test
    void workersKeepTheOrderAndReportTheEnd() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Progress progress = new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), false);
        List<Integer> items = IntStream.range(0, 500).boxed().toList();

        List<Integer> squares = new Workers(4, progress).map("squares", items, i -> i * i);

        assertThat(squares).isEqualTo(items.stream().map(i -> i * i).toList());
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("squares: 500 of 500");
    }

    @Test
    void theFirstFailureEndsTheWork() {
        Progress progress =
                new Progress(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), true);
        Workers workers = new Workers(2, progress);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> workers.map("fails", List.of(1, 2, 3), i -> {
                    throw new IllegalArgumentException("item " + i);
                }))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
