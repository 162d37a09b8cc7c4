package io.menso.matching.enrolment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.menso.commons.web.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartGuardTest {

    private static final String HEAD = "--XX\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";
    private static final String END = "\r\n--XX--\r\n";

    private static void feed(PartGuard guard, String body, int step) {
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i += step) {
            guard.accept(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + step)));
        }
    }

    private static PartGuard guard() {
        return new PartGuard("XX", 100, 10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 100_000})
    @DisplayName("B3: each part may have the largest size, however the bytes arrive")
    void largest(int step) {
        String body = HEAD + "a".repeat(100) + "\r\n" + HEAD + "b".repeat(100) + END;
        assertThatCode(() -> feed(guard(), body, step)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 100_000})
    @DisplayName("B3: one byte more in any part is 413")
    void tooLarge(int step) {
        String first = HEAD + "a".repeat(101) + END;
        String second = HEAD + "a\r\n" + HEAD + "b".repeat(101) + END;
        assertRefused(first, step);
        assertRefused(second, step);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100_000})
    void contentThatLooksLikeADelimiterIsContent(int step) {
        String tricky = "\r\n--X\r\n--X\r\r\n-".repeat(7);
        assertThatCode(() -> feed(guard(), HEAD + tricky.substring(0, 90) + END, step))
                .doesNotThrowAnyException();
        assertRefused(HEAD + tricky + "c".repeat(101 - tricky.length()) + END, step);
    }

    @Test
    void headersDoNotCount() {
        String head = "--XX\r\nContent-Type: image/jpeg\r\nX: " + "h".repeat(300) + "\r\n\r\n";
        assertThatCode(() -> feed(guard(), head + "a" + END, 10)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("B4: a body beyond the limit is 413")
    void body() {
        PartGuard guard = new PartGuard("XX", 100, 50);
        assertThatThrownBy(() -> guard.accept(new byte[51])).isInstanceOf(ApiException.class);
    }

    private static void assertRefused(String body, int step) {
        assertThatThrownBy(() -> feed(guard(), body, step))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> org.assertj.core.api.Assertions.assertThat(e.status())
                                .isEqualTo(413));
    }
}
