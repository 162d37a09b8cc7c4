package io.menso.local.insights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final String SCORES = "[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,4,0]";

    private static String table(String json) throws JsonProcessingException {
        return Table.of(new ObjectMapper().readTree(json));
    }

    @Test
    void showsARowForEachGroupThenTotalsRefusalsAndScores() throws JsonProcessingException {
        String group = """
                {"key":{"gallery":"door\\u001b[2J\\u202e","hour":1732276800},"count":7,
                 "outcomes":{"BAD_LIVENESS":1,"MATCH":5,"MOVE_LEFT":1},"scores":%1$s,
                 "millis":{"p50":80.4,"p90":99.6,"p99":100}}""".formatted(SCORES);
        String none =
                "{\"key\":{\"gallery\":null,\"hour\":1732280400},\"count\":1,\"outcomes\":{\"OK\":1},\"scores\":[]}";

        assertThat(table("""
                        {"from":1732276800,"through":1732363199,"totals":%1$s,"group_by":["gallery","hour"],
                         "groups":[%1$s,%2$s],"truncated":true}""".formatted(group, none))).isEqualToNormalizingNewlines("""
                        2024-11-22 12:00 to 2024-11-23 11:59 UTC

                        GALLERY    HOUR              COUNT  MATCH  NO_MATCH  OK  REFUSED  P50 ms  P90 ms  P99 ms
                        door?[2J?  2024-11-22 12:00      7      5         0   0        2      80     100     100
                        -          2024-11-22 13:00      1      0         0   1        0       -       -       -
                        all                              7      5         0   0        2      80     100     100
                        there are more groups; narrow them by time, --gallery or --device

                        refused
                          BAD_LIVENESS                          1
                          MOVE_LEFT                             1

                        scores
                          0.85 to 0.90        1  ##########
                          0.90 to 0.95        4  ########################################
                        """);
    }

    @Test
    void saysNothingOfWhatDidNotHappen() throws JsonProcessingException {
        String text = table("""
                {"from":0,"through":60,"totals":{"count":0,"outcomes":{},"scores":[0,0]},"group_by":[],"groups":[],
                 "truncated":false}""");

        assertThat(text.lines().toList())
                .containsExactly(
                        "1970-01-01 00:00 to 1970-01-01 00:01 UTC",
                        "",
                        "     COUNT  MATCH  NO_MATCH  OK  REFUSED  P50 ms  P90 ms  P99 ms",
                        "all      0      0         0   0        0       -       -       -");
    }
}
