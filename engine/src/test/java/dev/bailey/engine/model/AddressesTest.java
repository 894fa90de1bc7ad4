package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses, prefixes and MAC addresses: what they read, print and refuse. */
class AddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "172.17.0.2", "255.255.255.255", "1.20.200.9"})
    void ipv4_parse_printsTheSame(String text) {
        assertThat(Ipv4Address.parse(text)).hasToString(text);
    }

    @Test
    void ipv4_bits_firstNumberIsHighest() {
        assertThat(Ipv4Address.parse("172.17.0.2").bits()).isEqualTo(0xac110002);
        assertThat(Ipv4Address.parse("172.17.0.2").toByteArray()).containsExactly(0xac, 0x11, 0, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "172.17.0.300 | '172.17.0.300' is not an IPv4 address: each of the four numbers goes from 0 to 255",
                "1.2.3.99999999999 | '1.2.3.99999999999' is not an IPv4 address: each of the four numbers goes from 0"
                        + " to 255",
                "172.017.0.1 | '172.017.0.1' is not an IPv4 address: write its numbers without leading zeros",
                "172.17.1 | '172.17.1' is not an IPv4 address: write four numbers from 0 to 255 with dots between them,"
                        + " like 172.17.0.2",
            })
    void ipv4_parseBad_saysWhatWouldBeRight(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv4Address.parse(text))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "...",
                "1.2.3.",
                ".1.2.3",
                "1.2.3.4.5",
                "a.b.c.d",
                "1.2.3.-4",
                "1.2.3.+4",
                "1.2.3. 4",
                "::1",
                "١.2.3.4"
            })
    void ipv4_parseBad_refuses(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv4Address.parse(text))
                .withMessageStartingWith("'" + text + "' is not an IPv4 address");
    }

    @Test
    void ipv4_parseNastyInput_messageStaysOneShortLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv4Address.parse("a\nb\u001b[31m" + "x".repeat(10_000)))
                .satisfies(e -> assertThat(e.getMessage())
                        .startsWith("'a\\u000ab\\u001b[31mxxx")
                        .contains("x…' is not an IPv4 address")
                        .hasLineCount(1)
                        .hasSizeLessThan(250));
    }

    @Test
    void ipv4_order_isUnsigned() {
        assertThat(Ipv4Address.parse("127.255.255.255")).isLessThan(Ipv4Address.parse("128.0.0.0"));
        assertThat(Ipv4Address.parse("10.0.0.255").plus(1)).hasToString("10.0.1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv4Address.parse("255.255.255.255").plus(1));
    }

    @Test
    void subnet_parse_printsTheSame() {
        for (String text : new String[] {"0.0.0.0/0", "10.0.0.0/8", "172.17.0.0/16", "192.168.1.4/30", "1.2.3.4/32"}) {
            assertThat(Subnet.parse(text)).hasToString(text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "172.17.0.1/16 | 172.17.0.1/16 is not a subnet: the address bits after /16 must be zero, as in"
                        + " 172.17.0.0/16",
                "172.17.0.0 | '172.17.0.0' is not a subnet: the prefix length is missing, write it like 172.17.0.0/16",
                "172.17.0.0/33 | '172.17.0.0/33' is not a subnet: after the slash comes a prefix length from 0 to 32",
                "172.17.0.0/016 | '172.17.0.0/016' is not a subnet: after the slash comes a prefix length from 0 to 32",
                "172.300.0.0/16 | '172.300.0.0/16' is not a subnet: '172.300.0.0' is not an IPv4 address: each of the"
                        + " four numbers goes from 0 to 255",
            })
    void subnet_parseBad_saysWhatWouldBeRight(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Subnet.parse(text))
                .withMessage(message);
    }

    /** Every subnet of a /28 against every other one, compared with counting their addresses. */
    @Test
    void subnet_containsAndOverlaps_agreeWithCounting() {
        for (Subnet a : subnetsOf16Addresses()) {
            for (Subnet b : subnetsOf16Addresses()) {
                int shared = 0;
                for (int i = 0; i < 16; i++) {
                    Ipv4Address address = Ipv4Address.of(i);
                    shared += a.contains(address) && b.contains(address) ? 1 : 0;
                }
                assertThat(a.overlaps(b)).as("%s overlaps %s", a, b).isEqualTo(shared > 0);
                assertThat(a.contains(b)).as("%s contains %s", a, b).isEqualTo(shared == b.size());
            }
        }
    }

    private static List<Subnet> subnetsOf16Addresses() {
        return IntStream.rangeClosed(28, 32)
                .boxed()
                .flatMap(p -> IntStream.range(0, 16)
                        .mapToObj(i -> Subnet.containing(Ipv4Address.of(i), p))
                        .distinct())
                .toList();
    }

    @Test
    void subnet_ends_reservedUnlessTiny() {
        Subnet subnet = Subnet.parse("172.17.0.0/16");
        assertThat(subnet.firstHost()).hasToString("172.17.0.1");
        assertThat(subnet.lastHost()).hasToString("172.17.255.254");
        assertThat(subnet.broadcast()).hasToString("172.17.255.255");
        assertThat(subnet.mask()).hasToString("255.255.0.0");
        assertThat(subnet.size()).isEqualTo(65536);
        assertThat(subnet.isHost(subnet.base())).isFalse();
        assertThat(subnet.isHost(subnet.broadcast())).isFalse();
        Subnet pair = Subnet.parse("10.0.0.2/31");
        assertThat(pair.firstHost()).hasToString("10.0.0.2");
        assertThat(pair.lastHost()).hasToString("10.0.0.3");
        assertThat(pair.isHost(pair.base())).isTrue();
        assertThat(Subnet.parse("0.0.0.0/0").size()).isEqualTo(1L << 32);
        assertThat(Subnet.parse("0.0.0.0/0").broadcast()).hasToString("255.255.255.255");
    }

    @Test
    void interfaceAddress_parse_keepsHostBits() {
        InterfaceAddress address = InterfaceAddress.parse("172.17.0.1/16");
        assertThat(address).hasToString("172.17.0.1/16");
        assertThat(address.subnet()).hasToString("172.17.0.0/16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InterfaceAddress.parse("172.17.0.1"))
                .withMessage("'172.17.0.1' is not an interface address: the prefix length is missing, write it like"
                        + " 172.17.0.1/16");
    }

    @Test
    void mac_derivedFrom_isLocalUnicastAndReadable() {
        MacAddress mac = MacAddress.derivedFrom(Ipv4Address.parse("172.17.0.2"));
        assertThat(mac).hasToString("02:ba:ac:11:00:02");
        assertThat(mac.isMulticast()).isFalse();
        assertThat(mac.toByteArray()).containsExactly(0x02, 0xba, 0xac, 0x11, 0x00, 0x02);
        assertThat(MacAddress.derivedFrom(Ipv4Address.parse("255.0.0.1"))).hasToString("02:ba:ff:00:00:01");
        assertThat(MacAddress.parse("02:BA:AC:11:00:02")).isEqualTo(mac);
        assertThat(MacAddress.parse("01:00:5e:00:00:01").isMulticast()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MacAddress.parse("02-ba-ac-11-00-02"))
                .withMessage("'02-ba-ac-11-00-02' is not a MAC address: write six bytes in hexadecimal with colons"
                        + " between them, like 02:ba:ac:11:00:02");
    }

    /** Those that are given out differ, and none is like that of an address far from them. */
    @Test
    void mac_derivedFromIpv6_isThatOfOneAddress() {
        Ipv6Subnet range = Ipv6Subnet.parse("fd00:9::/64");
        assertThat(MacAddress.derivedFrom(Ipv6Address.parse("fd00:9::3"), range))
                .hasToString("02:b6:00:00:00:03");
        assertThat(MacAddress.derivedFrom(Ipv6Address.parse("fd00:9::ffff:3"), range))
                .hasToString("02:b6:ff:ff:00:03");
        MacAddress far = MacAddress.derivedFrom(Ipv6Address.parse("fd00:9::3:0:0"), range);
        assertThat(far).hasToString("02:b7:fd:00:00:0a");
        assertThat(far.isMulticast()).isFalse();
        assertThat(far.isDerivedFromIpv6()).isTrue();
        assertThat(MacAddress.parse("02:ba:00:00:00:03").isDerivedFromIpv6()).isFalse();
        assertThat(MacAddress.parse("02:b6:00:00:00:03").isDerivedFromIpv6()).isTrue();
    }

    @Test
    void interfaceName_kernelRules() {
        for (String good : new String[] {"eth0", "bailey0", "a", "a-b_c.d@e", "fifteen-bytes-x"}) {
            assertThat(new InterfaceName(good)).hasToString(good);
        }
        for (String bad : new String[] {
            "", ".", "..", "a/b", "a:b", "a b", "a\tb", "veth%d", "sixteen-bytes-xx", "éééééééé", "a\u00a0b", "a\u0007"
        }) {
            assertThatIllegalArgumentException()
                    .as(bad)
                    .isThrownBy(() -> new InterfaceName(bad))
                    .withMessageContaining("is not an interface name: it");
        }
    }

    @Test
    void ids_random_haveLettersInTheShortForm() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            assertThat(EndpointId.random(random).shortForm()).hasSize(12).containsPattern("[a-f]");
        }
        assertThat(SandboxId.random()).isNotEqualTo(SandboxId.random());
        assertThat(NetworkId.random().value()).matches("[0-9a-f]{64}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetworkId("ABC"))
                .withMessage("'ABC' is not a network id: it has 64 hexadecimal digits in lower case");
    }
}
