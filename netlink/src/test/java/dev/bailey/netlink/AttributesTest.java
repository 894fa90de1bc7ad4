package dev.bailey.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributesTest {

    private static final int ROUNDS = 2000;

    @Test
    void parse_random_readsBackWhatWasWritten() {
        RandomGenerator random = Seed.generator("AttributesTest.parse_random");
        for (int round = 0; round < ROUNDS; round++) {
            AttributeWriter out = new AttributeWriter(random.nextInt(16));
            List<Consumer<Attributes>> checks = new ArrayList<>();
            int count = random.nextInt(20);
            for (int type = 1; type <= count; type++) {
                checks.add(one(random, out, type, 3));
            }
            Attributes read = Attributes.parse(out.toByteArray());

            assertThat(read.size()).isEqualTo(count);
            checks.forEach(check -> check.accept(read));
        }
    }

    /** Writes an attribute by chance and returns the check of what must be read. */
    private static Consumer<Attributes> one(RandomGenerator random, AttributeWriter out, int type, int depth) {
        long value = random.nextLong();
        switch (random.nextInt(depth > 0 ? 10 : 9)) {
            case 0 -> {
                out.u8(type, (int) value);
                return read -> assertThat(read.u8(type)).hasValue((int) value & 0xff);
            }
            case 1 -> {
                out.u16(type, (int) value);
                return read -> assertThat(read.u16(type)).hasValue((int) value & 0xffff);
            }
            case 2 -> {
                out.u32(type, (int) value);
                return read -> assertThat(read.u32(type)).hasValue((int) value);
            }
            case 3 -> {
                out.u64(type, value);
                return read -> assertThat(read.u64(type)).hasValue(value);
            }
            case 4 -> {
                out.be16(type, (int) value);
                return read -> assertThat(read.be16(type)).hasValue((int) value & 0xffff);
            }
            case 5 -> {
                out.be32(type, (int) value);
                return read -> assertThat(read.be32(type)).hasValue((int) value);
            }
            case 6 -> {
                out.be64(type, value);
                return read -> assertThat(read.be64(type)).hasValue(value);
            }
            case 7 -> {
                byte[] bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                out.bytes(type, bytes);
                return read -> assertThat(read.bytes(type)).contains(bytes);
            }
            case 8 -> {
                String text = "täxt".repeat(random.nextInt(5));
                out.string(type, text);
                return read -> assertThat(read.string(type)).contains(text);
            }
            default -> {
                List<Consumer<Attributes>> inner = new ArrayList<>();
                out.nest(type, in -> {
                    for (int below = 1; below < 4; below++) {
                        inner.add(one(random, in, below, depth - 1));
                    }
                });
                return read ->
                        inner.forEach(check -> check.accept(read.nested(type).orElseThrow()));
            }
        }
    }

    @Test
    void parse_anyBytes_isReadOrRefusedAndNothingElse() {
        RandomGenerator random = Seed.generator("AttributesTest.parse_anyBytes");
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new AttributeWriter()
                    .u32(1, 2)
                    .nest(2, in -> in.string(1, "veth").u8(2, 3))
                    .bytes(3, new byte[5])
                    .toByteArray();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            try {
                Attributes read = Attributes.parse(cut);
                for (int type : read.types()) {
                    read.nested(type);
                    read.u64(type);
                }
            } catch (IllegalArgumentException saidSo) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, ROUNDS);
    }

    @ParameterizedTest
    @CsvSource({
        "03000100, says it has 3 bytes where 4 are left",
        "00000000, says it has 0 bytes where 4 are left",
        "09000100aabbccdd, says it has 9 bytes where 8 are left"
    })
    void parse_lengthThatDoesNotFit_saysWhere(String hex, String problem) {
        assertThatThrownBy(() -> Attributes.parse(HexFormat.of().parseHex(hex)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("attribute at byte 0 " + problem + ": " + hex);
    }

    @Test
    void getters_absent_areEmpty() {
        Attributes none = Attributes.parse(new byte[0]);

        assertThat(none.has(1)).isFalse();
        assertThat(none.u8(1)).isEmpty();
        assertThat(none.u16(1)).isEmpty();
        assertThat(none.u32(1)).isEmpty();
        assertThat(none.u64(1)).isEmpty();
        assertThat(none.be16(1)).isEmpty();
        assertThat(none.be32(1)).isEmpty();
        assertThat(none.be64(1)).isEmpty();
        assertThat(none.bytes(1)).isEmpty();
        assertThat(none.string(1)).isEmpty();
        assertThat(none.nested(1)).isEmpty();
        assertThat(none.list(1)).isEmpty();
    }

    @Test
    void getters_valueTooShort_sayBoth() {
        Attributes read = Attributes.parse(new AttributeWriter().u16(4, 1).toByteArray());

        assertThatThrownBy(() -> read.u32(4)).hasMessage("attribute 4 has 2 bytes where 4 are expected");
    }

    @Test
    void getters_typeTwice_lastCountsAndListHasBoth() {
        Attributes read = Attributes.parse(new AttributeWriter()
                .nest(1, in -> in.u8(1, 10))
                .nest(1, in -> in.u8(1, 20))
                .toByteArray());

        assertThat(read.nested(1).orElseThrow().u8(1)).hasValue(20);
        assertThat(read.list(1)).extracting(in -> in.u8(1).orElseThrow()).containsExactly(10, 20);
        assertThat(read.types()).containsExactly(1, 1);
    }

    @Test
    void string_withoutNul_isAllOfIt() {
        Attributes read = Attributes.parse(new AttributeWriter()
                .bytes(1, new byte[] {'a', 'b'})
                .bytes(2, new byte[] {'a', 0, 'b'})
                .toByteArray());

        assertThat(read.string(1)).contains("ab");
        assertThat(read.string(2)).contains("a");
    }
}
