package io.menso.matching.index.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import io.menso.commons.web.Tenant;
import io.menso.matching.index.Candidates;
import io.menso.matching.index.Space;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinotSqlTest {

    private static final UUID USER = UUID.fromString("0190a5b0-0000-7000-8000-00000000000a");

    private final PinotSql sql = new PinotSql("templates", 1);

    @Test
    void aSearchNamesTenantRevisionAndThreshold() {
        assertThat(sql.search(space("acme", "abc1234"), "QUJD", 0.43, 7, ""))
                .isEqualTo("SELECT user_id, version, mensoCosine(sealed, tenant, user_id, revision, version, 'QUJD')"
                        + " AS cosine FROM templates WHERE tenant = 'acme/production' AND revision = 'abc1234'"
                        + " AND deleted = 0 AND mensoCosine(sealed, tenant, user_id, revision, version, 'QUJD') >= 0.43"
                        + " ORDER BY cosine DESC, user_id ASC LIMIT 7");
    }

    @Test
    void fewUsersAreNamedAndManyPacked() {
        // When
        String one = sql.among(Candidates.of(List.of(USER)));
        String two = sql.among(Candidates.of(List.of(USER, new UUID(0, 0))));

        // Then
        assertThat(one).isEqualTo(" AND user_id IN ('" + USER + "')");
        assertThat(two).isEqualTo(" AND mensoAmong(user_id, 'AAAAAAAAAAAAAAAAAAAAAAGQpbAAAHAAgAAAAAAAAAo=') = 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"large' OR '1' = '1", "large'--", "large\\", "", "a\nb", "ä", "a b", "a;b"})
    void textThatCouldChangeAStatementIsRefused(String text) {
        assertRefused(() -> sql.dimension(space("acme", text)));
        assertRefused(() -> sql.search(space("acme", text), "QUJD", 0.5, 1, ""));
        assertRefused(() -> new PinotSql(text, 1));
        if (!text.isEmpty()) {
            assertRefused(() -> sql.dimension(space(text, "abc1234")));
            assertRefused(() -> sql.revisions(Tenant.of(text, "staging"), ""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "QUJD'", "Q U", "QUJD\n"})
    void aQueryThatIsNoBase64IsRefused(String text) {
        assertThatThrownBy(() -> sql.search(space("acme", "abc1234"), text, 0.5, 1, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(ThrowingCallable statement) {
        assertThatThrownBy(statement)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    private static Space space(String customer, String revision) {
        return new Space(Tenant.of(customer, "production"), revision);
    }
}
