package dev.bailey.netlink.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ValueTest {
    @Test
    void address_literals_areInNetworkOrder() {
        assertThat(Value.address("10.0.0.1")).isEqualTo(Value.of((byte) 10, (byte) 0, (byte) 0, (byte) 1));
        assertThat(Value.ipv4(0x0a000001)).isEqualTo(Value.address("10.0.0.1"));
        assertThat(Value.address("fd00::1").length()).isEqualTo(16);
    }

    @Test
    void address_nameOfAHost_isRefused() {
        assertThatThrownBy(() -> Value.address("localhost")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mark_number_isInHostOrder() {
        byte first = Value.mark(1).toByteArray()[0];
        assertThat(first).isEqualTo((byte) (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? 1 : 0));
        assertThat(Value.mark(0xbe000001).toHostNumber()).isEqualTo(0xbe000001L);
    }

    @Test
    void port_outOfRange_isRefused() {
        assertThatThrownBy(() -> Value.port(65536)).hasMessage("port 65536: must be 0 to 65535");
        assertThatThrownBy(() -> Value.port(-1)).hasMessage("port -1: must be 0 to 65535");
    }

    @Test
    void interfaceName_odd_isRefused() {
        for (String name : new String[] {"", "a/b", "a b", "a:b", "sixteencharacter"}) {
            assertThatThrownBy(() -> Value.interfaceName(name)).hasMessageContaining("interface name \"" + name + "\"");
        }
        assertThat(Value.interfaceName("fifteencharactr").length()).isEqualTo(16);
    }

    @Test
    void concat_fields_startAtMultiplesOfFour() {
        assertThat(Value.concat(Value.TCP, Value.port(0x1f90))).hasToString("0x06000000" + "1f900000");
    }

    @Test
    void next_andPrevious_carryAndWrap() {
        assertThat(Value.address("10.0.0.255").next()).isEqualTo(Value.address("10.0.1.0"));
        assertThat(Value.address("10.0.1.0").previous()).isEqualTo(Value.address("10.0.0.255"));
        assertThat(Value.address("255.255.255.255").next()).isEqualTo(Value.address("0.0.0.0"));
        assertThat(Value.address("0.0.0.0").previous()).isEqualTo(Value.address("255.255.255.255"));
    }

    @Test
    void compareTo_highBit_isUnsigned() {
        assertThat(Value.address("200.0.0.0")).isGreaterThan(Value.address("100.0.0.0"));
    }

    @Test
    void of_arrayChangedAfterwards_keepsItsBytes() {
        byte[] bytes = {1, 2};
        Value value = Value.of(bytes);
        bytes[0] = 9;
        value.toByteArray()[1] = 9;
        assertThat(value).isEqualTo(Value.of((byte) 1, (byte) 2));
    }

    @Test
    void prefix_parsed_knowsItsRange() {
        Prefix prefix = Prefix.parse("172.16.0.0/12");
        assertThat(prefix.mask()).isEqualTo(Value.address("255.240.0.0"));
        assertThat(prefix.last()).isEqualTo(Value.address("172.31.255.255"));
        assertThat(prefix).hasToString("172.16.0.0/12");
        assertThat(Prefix.parse("0.0.0.0/0").last()).isEqualTo(Value.address("255.255.255.255"));
        assertThat(Prefix.parse("fd00::/8").last()).isEqualTo(Value.address("fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
        assertThat(Prefix.parse("10.0.0.1").length()).isEqualTo(32);
    }

    @Test
    void prefix_bad_saysWhatIsWrong() {
        assertThatThrownBy(() -> Prefix.parse("10.0.0.1/8"))
                .hasMessage("prefix 10.0.0.1/8: bits behind the prefix must be zero");
        assertThatThrownBy(() -> Prefix.parse("10.0.0.0/33")).hasMessage("prefix length 33: must be 0 to 32");
        assertThatThrownBy(() -> Prefix.parse("10.0.0.0/x"))
                .hasMessage("prefix \"10.0.0.0/x\": must be address/length");
    }

    @Test
    void register_numbers_areThoseOfTheKernel() {
        assertThat(Register.VERDICT.number()).isZero();
        assertThat(Register.FIRST.number()).isEqualTo(1);
        assertThat(new Register(1).number()).isEqualTo(9);
        assertThat(new Register(4).number()).isEqualTo(2);
        assertThat(Register.ofNumber(8)).isEqualTo(Register.FIRST);
        for (int word = -1; word < 16; word++) {
            assertThat(Register.ofNumber(new Register(word).number())).isEqualTo(new Register(word));
        }
    }
}
