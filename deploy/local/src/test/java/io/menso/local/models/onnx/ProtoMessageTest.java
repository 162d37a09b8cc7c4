package io.menso.local.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// The examples of https://protobuf.dev/programming-guides/encoding.
class ProtoMessageTest {

    @Test
    void numbersTakeSevenBitsAByte() {
        assertThat(hex(new ProtoMessage().number(1, 150))).isEqualTo("089601");
        assertThat(hex(new ProtoMessage().number(2, 0))).isEqualTo("1000");
        assertThat(hex(new ProtoMessage().number(1, -2))).isEqualTo("08feffffffffffffffff01");
    }

    @Test
    void textsAndMessagesFollowTheirLength() {
        assertThat(hex(new ProtoMessage().text(2, "testing"))).isEqualTo("120774657374696e67");
        assertThat(hex(new ProtoMessage().message(3, new ProtoMessage().number(1, 150))))
                .isEqualTo("1a03089601");
    }

    @Test
    void largeFieldNumbersTakeMoreBytes() {
        assertThat(hex(new ProtoMessage().number(20, 7))).isEqualTo("a00107");
    }

    private static String hex(ProtoMessage message) {
        return HexFormat.of().formatHex(message.toByteArray());
    }
}
