package io.menso.pipeline.insights;

import static org.assertj.core.api.Assertions.assertThat;

import io.menso.commons.web.Tenant;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsightsSqlTest {

    private static final Tenant ACME = Tenant.of("acme", "staging");
    private static final UUID DEVICE = UUID.fromString("0190fcef-d905-702e-8492-936bca2df6ff");

    private static InsightsQuery query(String gallery) {
        return new InsightsQuery(
                10,
                20,
                Optional.of(gallery),
                Optional.of(DEVICE),
                Optional.of("identify"),
                Optional.of("1a2b3c4"),
                List.of(),
                5);
    }

    @Test
    @DisplayName("Every filter is there, the tenant first, and both seconds of the period are within")
    void filters() {
        InsightsSql sql = new InsightsSql(ACME, query("door"), List.of(), 1);

        assertThat(sql.outcomes())
                .isEqualTo("select tenant, outcome, count(*) from recognitions"
                        + " where tenant = decodeUrl('acme%2Fstaging') and \"time\" >= 10000 and \"time\" < 21000"
                        + " and gallery = decodeUrl('door')"
                        + " and device = decodeUrl('0190fcef-d905-702e-8492-936bca2df6ff')"
                        + " and pipeline = decodeUrl('identify') and revision = decodeUrl('1a2b3c4')"
                        + " group by tenant, outcome order by tenant, outcome limit 80");
    }

    @Test
    @DisplayName("Groups come in the order of their keys, one more than wanted")
    void groups() {
        InsightsSql sql = new InsightsSql(ACME, query("door"), List.of(Dimension.HOUR, Dimension.OUTCOME), 5);

        assertThat(sql.summaries())
                .startsWith("select epoch_hour, outcome, count(*), histogram(")
                .endsWith(" group by epoch_hour, outcome order by epoch_hour, outcome limit 6");
        assertThat(sql.outcomes())
                .startsWith("select epoch_hour, outcome, count(*) from")
                .endsWith(" group by epoch_hour, outcome order by epoch_hour, outcome limit 240");
    }

    @ParameterizedTest
    @DisplayName("A hostile gallery name is nothing but data")
    @ValueSource(
            strings = {
                "it's",
                "' or tenant <> '",
                "\\' or 1=1 --",
                "\"time\"",
                "a/*b*/; set x=1",
                "') or decodeUrl('a') = decodeUrl('a",
                "x option(timeoutMs=1)",
                "日本 \u202e 😀",
                "100%25 + 1",
                "\n\t"
            })
    void hostile(String gallery) {
        String literal = InsightsSql.literal(gallery);

        assertThat(literal).matches("decodeUrl\\('[A-Za-z0-9%+._*-]*'\\)");
        String inside = literal.substring("decodeUrl('".length(), literal.length() - 2);
        assertThat(URLDecoder.decode(inside, StandardCharsets.UTF_8)).isEqualTo(gallery);
        assertThat(new InsightsSql(ACME, query(gallery), List.of(), 1).summaries())
                .contains(" and gallery = " + literal + " and ");
    }
}
