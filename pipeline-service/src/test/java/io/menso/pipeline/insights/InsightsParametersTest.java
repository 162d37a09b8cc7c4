package io.menso.pipeline.insights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.menso.commons.web.ApiException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsightsParametersTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final int DAY = 86_400;

    private static final InsightsConfig CONFIG = new InsightsConfig() {
        @Override
        public int days() {
            return 92;
        }

        @Override
        public int groups() {
            return 1000;
        }
    };

    private static InsightsQuery read(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            values.computeIfAbsent(parts[0], _ -> new ArrayList<>())
                    .add(URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return InsightsParameters.read(values, NOW, CONFIG);
    }

    @Test
    @DisplayName("Without parameters it is the totals of the last 24 hours")
    void defaults() {
        assertThat(read(""))
                .isEqualTo(new InsightsQuery(
                        1_800_000_000 - DAY,
                        1_800_000_000,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        1000));
    }

    @Test
    @DisplayName("All parameters are read; names of pipelines and devices are the same in upper case")
    void all() {
        assertThat(read("from=10&through=20&gallery=caf%C3%A9%20'x'&device=0190FCEF-D905-702E-8492-936BCA2DF6FF"
                        + "&pipeline=0198EA24-06FF-7D47-A75B-75BBC4DB6DDC&revision=1a2b3c4"
                        + "&group_by=hour,gallery&group_by=outcome&limit=7"))
                .isEqualTo(new InsightsQuery(
                        10,
                        20,
                        Optional.of("café 'x'"),
                        Optional.of(UUID.fromString("0190fcef-d905-702e-8492-936bca2df6ff")),
                        Optional.of("0198ea24-06ff-7d47-a75b-75bbc4db6ddc"),
                        Optional.of("1a2b3c4"),
                        List.of(Dimension.HOUR, Dimension.GALLERY, Dimension.OUTCOME),
                        7));
    }

    @ParameterizedTest
    @DisplayName("A period has both ends, at most 92 days apart, and one end decides the other")
    @CsvSource({
        "through=1000000, 913600, 1000000",
        "from=1799999999, 1799999999, 1800000000",
        "from=0&through=7948800, 0, 7948800",
        "through=5, 0, 5",
        "from=9007199254740991&through=9007199254740991, 9007199254740991, 9007199254740991"
    })
    void periods(String query, long from, long through) {
        assertThat(read(query))
                .extracting(InsightsQuery::from, InsightsQuery::through)
                .containsExactly(from, through);
    }

    @ParameterizedTest
    @DisplayName("B1: what is wrong is 400 and named")
    @CsvSource(
            delimiter = '|',
            value = {
                "from=-1 | from",
                "from=1.5 | from",
                "from= | from",
                "from=9007199254740992 | from",
                "from=99999999999999999999 | from",
                "through=now | through",
                "from=2&through=1 | from",
                "from=1800000001 | from",
                "from=0&through=7948801 | from",
                "from=1&from=2 | from",
                "gallery= | gallery",
                "gallery=a&gallery=b | gallery",
                "device=abc | device",
                "device=1-1-1-1-1 | device",
                "pipeline=a' or '1'='1 | pipeline",
                "pipeline= | pipeline",
                "revision=%00 | revision",
                "revision=1;drop | revision",
                "group_by= | group_by",
                "group_by=user | group_by",
                "group_by=hour,,kind | group_by",
                "group_by=Hour | group_by",
                "group_by=hour,hour | group_by",
                "group_by=hour&group_by=hour | group_by",
                "limit=0 | limit",
                "limit=1001 | limit",
                "limit=ten | limit",
                "limit=99999999999 | limit",
                "galery=door | galery"
            })
    void refusals(String query, String named) {
        ApiException refusal = catchThrowableOfType(ApiException.class, () -> read(query));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.error()).isEqualTo("BAD_REQUEST");
        assertThat(refusal).hasMessageContaining(named);
    }

    @ParameterizedTest
    @DisplayName("D1: a gallery is any text of 1 to 128 characters, counted as people do")
    @ValueSource(ints = {1, 128})
    void galleries(int length) {
        String name = "😀".repeat(length);

        assertThat(read("gallery=" + name).gallery()).contains(name);
        assertThat(catchThrowableOfType(ApiException.class, () -> read("gallery=" + "é".repeat(129)))
                        .status())
                .isEqualTo(400);
    }
}
