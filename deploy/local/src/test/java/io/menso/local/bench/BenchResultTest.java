package io.menso.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.menso.local.api.ApiClient.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BenchResultTest {

    @Test
    void percentilesAreOfTheNearestRank() {
        double[] hundred =
                IntStream.rangeClosed(1, 100).mapToDouble(value -> value).toArray();

        assertThat(BenchResult.percentile(hundred, 50)).isEqualTo(50);
        assertThat(BenchResult.percentile(hundred, 99)).isEqualTo(99);
        assertThat(BenchResult.percentile(new double[] {7}, 95)).isEqualTo(7);
        assertThat(BenchResult.percentile(new double[0], 95)).isZero();
    }

    @Test
    void whatNoStageAccountsForIsTransport() {
        Answer answer = new Answer(200, MissingNode.getInstance(), 20, "script;dur=2, decode;dur=5.5, inference;dur=8");
        Answer refused = new Answer(503, MissingNode.getInstance(), 1, "");

        BenchResult result = BenchResult.of(4, List.of(answer, answer, refused), 2);

        assertThat(result.requests()).isEqualTo(2);
        assertThat(result.errors()).isEqualTo(1);
        assertThat(result.throughput()).isEqualTo(1);
        assertThat(result.shares())
                .containsAllEntriesOf(Map.of(
                        "script",
                        2.0,
                        "decode",
                        5.5,
                        "inference",
                        8.0,
                        "search",
                        0.0,
                        "transport",
                        4.5,
                        "total",
                        20.0));
    }

    @Test
    void serverTimingIsReadWithDescriptionsAndRepeats() {
        assertThat(ServerTiming.parse("a;desc=\"x\";dur=1.5, b;dur=2,a;dur=1, miss"))
                .isEqualTo(Map.of("a", 2.5, "b", 2.0));
        assertThat(ServerTiming.parse("")).isEmpty();
    }
}
