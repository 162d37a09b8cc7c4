package org.apache.pinot.menso.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.pinot.PinotKey;
import io.menso.pinot.TemplateId;
import io.menso.pinot.TemplateSeal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MensoFunctionsTest {

    private static final String PROPERTY = "menso.pinot.key-file";

    @Test
    void saysWhichSettingIsMissingAndThenReadsTheKeyFromItsFile(@TempDir Path folder) throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve("key"), Base64.getEncoder().encodeToString(new byte[32]));
        TemplateSeal seal = new TemplateSeal(PinotKey.ofFile(file));
        float[] vector = {0.6f, 0.8f};
        byte[] sealed = seal.seal(new TemplateId("acme/production", "u1", "abc1234", 7), vector);
        String query = Base64.getEncoder().encodeToString(seal.sealQuery("acme/production", vector));

        // When // Then
        assertThatThrownBy(() -> MensoFunctions.mensoCosine(sealed, "acme/production", "u1", "abc1234", 7, query))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(PROPERTY)
                .hasMessageContaining("MENSO_PINOT_KEY_FILE");

        // When // Then
        System.setProperty(PROPERTY, file.toString());
        try {
            assertThat(MensoFunctions.mensoCosine(sealed, "acme/production", "u1", "abc1234", 7, query))
                    .isEqualTo((double) 0.6f * 0.6f + (double) 0.8f * 0.8f);
            assertThat(MensoFunctions.mensoCosine(sealed, "acme/production", "u1", "abc1234", 8, query))
                    .isEqualTo(-2);
        } finally {
            System.clearProperty(PROPERTY);
        }
    }

    @Test
    void tellsDeletionsFromOtherEvents() {
        assertThat(MensoFunctions.mensoDeleted("template.deleted")).isEqualTo(1);
        assertThat(MensoFunctions.mensoDeleted("template.changed")).isEqualTo(0);
    }
}
