package io.menso.matching.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchOptionsTest {

    @Test
    @DisplayName("H3: limit is 5 by default and the threshold the model's")
    void defaults() {
        SearchOptions options = SearchOptions.parse(null, null, null, Optional.empty());
        assertThat(options).isEqualTo(new SearchOptions(5, Optional.empty(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "100"})
    @DisplayName("H3: limit may be 1 to 100")
    void limits(String limit) {
        assertThat(SearchOptions.parse(limit, null, null, Optional.empty()).limit())
                .isEqualTo(Integer.parseInt(limit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "5.0", "5.5", "five", "", "99999999999", "1e1", " 5"})
    @DisplayName("H3: any other limit is 400")
    void badLimits(String limit) {
        assertThatThrownBy(() -> SearchOptions.parse(limit, null, null, Optional.empty()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "0.5", ".25", "1.0", "5e-1", "1.0E-4"})
    @DisplayName("H3: threshold may be 0 to 1")
    void thresholds(String threshold) {
        assertThat(SearchOptions.parse(null, threshold, null, Optional.empty()).threshold())
                .hasValue(Double.parseDouble(threshold));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.1", "1.0001", "NaN", "Infinity", "half", "", "1e999", "0x1p-1", "0.5 "})
    @DisplayName("H3: any other threshold is 400")
    void badThresholds(String threshold) {
        assertThatThrownBy(() -> SearchOptions.parse(null, threshold, null, Optional.empty()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("threshold");
    }

    @Test
    @DisplayName("D1: a gallery has 1 to 128 characters")
    void galleries() {
        String longest = "\uD83D\uDE00".repeat(128);
        assertThat(SearchOptions.parse(null, null, longest, Optional.empty()).gallery())
                .hasValue(longest);
        assertThatThrownBy(() -> SearchOptions.parse(null, null, longest + "a", Optional.empty()))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> SearchOptions.parse(null, null, "", Optional.empty()))
                .isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000b", "\ud800", "\udc00x"})
    @DisplayName("D1: a gallery with U+0000 or half a surrogate pair is 400")
    void unfitGalleries(String gallery) {
        assertThatThrownBy(() -> SearchOptions.parse(null, null, gallery, Optional.empty()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("gallery");
    }

    @Test
    @DisplayName("H1: a device's own gallery stands, whatever it asks for")
    void deviceGallery() {
        assertThat(SearchOptions.parse(null, null, "", Optional.of("hall")).gallery())
                .hasValue("hall");
    }
}
