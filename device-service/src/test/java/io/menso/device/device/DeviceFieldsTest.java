package io.menso.device.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceFieldsTest {

    @ParameterizedTest
    @DisplayName("D2: Control characters, blanks and half characters are no names")
    @ValueSource(strings = {"", " ", "\t", "\u00a0\u2003\u3000", "a\n", "a\u007f", "a\u0085", "\ud83d", "a\u0000"})
    void refusesNames(String name) {
        assertThatThrownBy(() -> new DeviceFields(name, "g", "{}"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    @DisplayName("D1: A gallery is free text and case-sensitive")
    void takesAnyGallery() {
        assertThat(new DeviceFields("a", " Hall/1 ", "{}"))
                .isNotEqualTo(new DeviceFields("a", " hall/1 ", "{}"))
                .isEqualTo(new DeviceFields("a", " Hall/1 ", "{}"));
    }
}
