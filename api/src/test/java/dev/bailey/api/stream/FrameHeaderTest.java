package dev.bailey.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameHeaderTest {
    @Test
    void encode_standardError_writesKindZerosAndLength() {
        ByteBuffer buffer = ByteBuffer.allocate(FrameHeader.BYTES);
        new FrameHeader(StreamKind.STDERR, 0x010203).encode(buffer);
        assertThat(HexFormat.of().formatHex(buffer.array())).isEqualTo("0200000000010203");
    }

    @ParameterizedTest
    @EnumSource
    void decode_whatWasEncoded_isEqual(StreamKind kind) {
        FrameHeader header = new FrameHeader(kind, 65_536);
        ByteBuffer buffer = ByteBuffer.allocate(FrameHeader.BYTES);
        header.encode(buffer);
        assertThat(FrameHeader.decode(buffer.flip())).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0300000000000001", "0100010000000001", "01000000ffffffff", "48656c6c6f2c2077"})
    void decode_otherBytes_tellsThem(String hex) {
        ByteBuffer buffer = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        assertThatThrownBy(() -> FrameHeader.decode(buffer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(hex.substring(0, 8));
    }
}
