package dev.bailey.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes are those of a little-endian machine; where there is another, the tests say nothing. */
class AttributeWriterTest {

    @BeforeAll
    static void littleEndian() {
        Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    }

    static Stream<Arguments> table() {
        return Stream.of(
                row("u8", "0500 0100 fe 000000", out -> out.u8(1, 0xfe)),
                row("u16", "0600 0200 3412 0000", out -> out.u16(2, 0x1234)),
                row("u32", "0800 0300 78563412", out -> out.u32(3, 0x12345678)),
                row("u64", "0c00 0400 efcdab8967452301", out -> out.u64(4, 0x0123456789abcdefL)),
                row("be16", "0600 0500 1234 0000", out -> out.be16(5, 0x1234)),
                row("be32", "0800 0600 12345678", out -> out.be32(6, 0x12345678)),
                row("be64", "0c00 0700 0123456789abcdef", out -> out.be64(7, 0x0123456789abcdefL)),
                row("flag", "0400 0800", out -> out.flag(8)),
                row("bytes of 3", "0700 0900 010203 00", out -> out.bytes(9, new byte[] {1, 2, 3})),
                row("bytes of 4", "0800 0900 01020304", out -> out.bytes(9, new byte[] {1, 2, 3, 4})),
                row("no bytes", "0400 0900", out -> out.bytes(9, new byte[0])),
                row("string of 3", "0800 0a00 657468 00", out -> out.string(10, "eth")),
                row("string of 4", "0900 0a00 65746830 00 000000", out -> out.string(10, "eth0")),
                row("string in UTF-8", "0700 0a00 c3bc 00 00", out -> out.string(10, "ü")),
                row("nest", "0c00 0b80 0500 0100 07 000000", out -> out.nest(11, in -> in.u8(1, 7))),
                row("nest unflagged", "0c00 0b00 0500 0100 07 000000", out -> out.nestUnflagged(11, in -> in.u8(1, 7))),
                row(
                        "nest with a header",
                        "0a00 0b00 0201 05000600",
                        out -> out.nestUnflagged(
                                11, in -> in.putU8(2).putU8(1).putU16(5).putU16(6))),
                row("empty nest", "0400 0b80", out -> out.nest(11, _ -> {})),
                row(
                        "nests in nests",
                        "1400 0180 1000 0280 0500 0300 01 000000 0400 0400",
                        out -> out.nest(
                                1, one -> one.nest(2, two -> two.u8(3, 1).flag(4)))),
                row(
                        "header of raw numbers",
                        "ff 00 3412 78563412 efcdab8967452301 12345678 aabb",
                        out -> out.putU8(0xff)
                                .putU8(0)
                                .putU16(0x1234)
                                .putU32(0x12345678)
                                .putU64(0x0123456789abcdefL)
                                .putBe32(0x12345678)
                                .put(new byte[] {(byte) 0xaa, (byte) 0xbb})));
    }

    private static Arguments row(String name, String hex, UnaryOperator<AttributeWriter> write) {
        return Arguments.of(name, hex.replace(" ", ""), write);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void toByteArray_isTheKernelsLayout(String name, String hex, UnaryOperator<AttributeWriter> write) {
        assertThat(name).isNotEmpty();
        assertThat(HexFormat.of().formatHex(write.apply(new AttributeWriter()).toByteArray()))
                .isEqualTo(hex);
        assertThat(HexFormat.of().formatHex(write.apply(new AttributeWriter(0)).toByteArray()))
                .isEqualTo(hex);
    }

    @Test
    void bytes_longestPossible_areWritten() {
        byte[] longest = new byte[65531];

        assertThat(Attributes.parse(new AttributeWriter().bytes(1, longest).toByteArray())
                        .bytes(1))
                .contains(longest);
    }

    @Test
    void bytes_tooLong_sayHowLongIsPossible() {
        AttributeWriter out = new AttributeWriter();

        assertThatThrownBy(() -> out.bytes(7, new byte[65532]))
                .hasMessage("attribute 7 has a value of 65532 bytes: an attribute holds 65531 at most");
        assertThatThrownBy(() -> out.nest(8, in -> in.bytes(1, new byte[40000]).bytes(2, new byte[40000])))
                .hasMessage("attribute 8 has 80012 bytes: an attribute holds 65535 at most");
    }

    @Test
    void string_withNul_isRefused() {
        assertThatThrownBy(() -> new AttributeWriter().string(3, "eth0\0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the text of attribute 3 holds a NUL");
    }
}
