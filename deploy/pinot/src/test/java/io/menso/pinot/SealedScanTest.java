package io.menso.pinot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.pinot.TemplateSealTest.Vectors;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedScanTest {

    private static final String TENANT = "acme/production";

    private final PinotKey key = Vectors.key(3);
    private final TemplateSeal seal = new TemplateSeal(key);
    private final SealedScan scan = new SealedScan(key);
    private final Random random = new Random(5);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 128, 512})
    void equalsTheSumInOrderBitForBit(int dimension) {
        // Given
        float[] query = Vectors.unit(random, dimension);
        String sealedQuery = query(TENANT, query);

        for (int user = 0; user < 50; user++) {
            float[] row = Vectors.unit(random, dimension);
            TemplateId id = id(TENANT, user);

            // When
            double cosine = scan.cosine(seal.seal(id, row), id, sealedQuery);

            // Then
            assertThat(cosine).isEqualTo(inOrder(row, query));
        }
    }

    @Test
    void queriesThatTakeTurnsKeepApart() {
        // Given
        TemplateId first = id(TENANT, 1);
        TemplateId second = id("globex/staging", 1);
        float[] row = Vectors.unit(random, 128);
        byte[] sealedFirst = seal.seal(first, row);
        byte[] sealedSecond = seal.seal(second, row);

        for (int turn = 0; turn < 40; turn++) {
            // When
            float[] query = Vectors.unit(random, 128);
            double one = scan.cosine(sealedFirst, first, query(first.tenant(), query));
            double other = scan.cosine(sealedSecond, second, query(second.tenant(), query));

            // Then
            assertThat(one).isEqualTo(inOrder(row, query)).isEqualTo(other);
        }
    }

    @Test
    void aRowThatCannotBeOpenedIsNoNeighbour() {
        // Given
        float[] vector = Vectors.unit(random, 128);
        String query = query(TENANT, vector);
        byte[] sealed = seal.seal(id(TENANT, 1), vector);
        byte[] changed = sealed.clone();
        changed[100] ^= 1;

        // When // Then
        assertThat(scan.cosine(sealed, id(TENANT, 2), query)).isEqualTo(SealedScan.UNREADABLE);
        assertThat(scan.cosine(changed, id(TENANT, 1), query)).isEqualTo(SealedScan.UNREADABLE);
        assertThat(scan.cosine(new byte[0], id(TENANT, 1), query)).isEqualTo(SealedScan.UNREADABLE);
        assertThat(scan.cosine(seal.seal(id(TENANT, 1), new float[64]), id(TENANT, 1), query))
                .isEqualTo(SealedScan.UNREADABLE);
        assertThat(scan.cosine(sealed, id(TENANT, 1), query)).isGreaterThan(0.999);
    }

    @Test
    void aQueryThatCannotBeOpenedIsAnErrorAndNotAnEmptyAnswer() {
        // Given
        TemplateId id = id(TENANT, 1);
        float[] vector = Vectors.unit(random, 128);
        byte[] sealed = seal.seal(id, vector);

        // When // Then
        assertThatThrownBy(() -> scan.cosine(sealed, id, query("globex/staging", vector)))
                .isInstanceOf(SealException.class);
        assertThatThrownBy(() -> scan.cosine(sealed, id, "?")).isInstanceOf(SealException.class);
    }

    private String query(String tenant, float[] vector) {
        return Base64.getEncoder().encodeToString(seal.sealQuery(tenant, vector));
    }

    private static TemplateId id(String tenant, int user) {
        return new TemplateId(tenant, "user-" + user, "abc1234", 9);
    }

    private static double inOrder(float[] row, float[] query) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += (double) row[i] * query[i];
        }
        return sum;
    }
}
