package io.menso.device.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SecretsInTextTest {

    @Test
    @DisplayName("No object that holds a secret says it in its text form")
    void staysSilent() {
        UUID id = UUID.randomUUID();
        assertThat(new KeyResponse(id, 1, "c2VjcmV0").toString())
                .contains(id.toString())
                .doesNotContain("c2VjcmV0");
        assertThat(new LookupResponse(id, "acme", "staging", "c2VjcmV0", null, null).toString())
                .contains(id.toString())
                .doesNotContain("c2VjcmV0");
    }
}
