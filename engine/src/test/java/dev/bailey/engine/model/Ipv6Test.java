package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bailey.engine.Seed;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IPv6 addresses and prefixes: what they read, print and refuse. */
class Ipv6Test {
    /** The examples of RFC 5952 among them. */
    @ParameterizedTest
    @CsvSource({
        "::, ::",
        "::1, ::1",
        "fe80::1, fe80::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:0DB8:0000:0000:0000:0000:0002:0001, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8::, 2001:db8::",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "FD00::ABCD, fd00::abcd",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221",
        "::ffff:192.0.2.1, ::ffff:192.0.2.1",
        "0:0:0:0:0:ffff:c000:201, ::ffff:192.0.2.1",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    })
    void parse_anyForm_printsTheShortOne(String text, String canonical) {
        assertThat(Ipv6Address.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "12345::",
                "::g",
                "::-1",
                "::+1",
                ":1::",
                "1::2:",
                " ::1",
                "::1/64",
                "::\u0661",
                "fe80::1%eth0",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "::1.2.3",
                "::1.2.3.256",
                "1:2:3:4:5:6:7:1.2.3.4",
                "10.0.0.1"
            })
    void parse_anythingElse_refuses(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv6Address.parse(text))
                .withMessageStartingWith("'" + text + "' is not an IPv6 address");
    }

    /** The JDK reads and writes the same addresses, in another form. */
    @Test
    void parse_randomAddresses_areWhatTheJdkReads() throws UnknownHostException {
        RandomGenerator random = Seed.generator("Ipv6Test");
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            for (int at = 0; at < 8; at++) {
                if (random.nextBoolean()) {
                    bytes[2 * at] = 0;
                    bytes[2 * at + 1] = 0;
                }
            }
            Ipv6Address address = Ipv6Address.of(bytes);
            assertThat(address.toByteArray()).isEqualTo(bytes);
            assertThat(Ipv6Address.parse(address.toString())).isEqualTo(address);
            if (InetAddress.getByAddress(bytes) instanceof Inet6Address jdk) {
                assertThat(Ipv6Address.parse(jdk.getHostAddress())).isEqualTo(address);
                assertThat(InetAddress.ofLiteral(address.toString())).isEqualTo(jdk);
            }
        }
    }

    @Test
    void plus_acrossTheHalves_carries() {
        assertThat(Ipv6Address.parse("fd00::ffff:ffff:ffff:ffff").plus(1)).hasToString("fd00:0:0:1::");
        assertThat(Ipv6Address.parse("fd00:0:0:1::").plus(-1)).hasToString("fd00::ffff:ffff:ffff:ffff");
        assertThat(Ipv6Address.parse("fd00::1").plus(0x10000)).hasToString("fd00::1:1");
        assertThatIllegalArgumentException().isThrownBy(() -> Ipv6Address.ANY.plus(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv6Address.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
                        .plus(1));
    }

    @Test
    void kinds_areThoseOfTheRfcs() {
        assertThat(Ipv6Address.parse("::1").isLoopback()).isTrue();
        assertThat(Ipv6Address.parse("ff02::1").isMulticast()).isTrue();
        assertThat(Ipv6Address.parse("febf::1").isLinkLocal()).isTrue();
        assertThat(Ipv6Address.parse("fec0::1").isLinkLocal()).isFalse();
        assertThat(IpAddress.parse("fd00::2")).isEqualTo(Ipv6Address.parse("fd00::2"));
        assertThat(IpAddress.parse("10.0.0.2")).isEqualTo(Ipv4Address.parse("10.0.0.2"));
    }

    @Test
    void order_isThatOfNumbers() {
        List<Ipv6Address> sorted = List.of("::", "::1", "::8000:0:0:0", "7fff::", "8000::", "ffff::").stream()
                .map(Ipv6Address::parse)
                .toList();
        assertThat(sorted.stream().sorted()).containsExactlyElementsOf(sorted);
    }

    @Test
    void subnet_itsAddresses() {
        Ipv6Subnet subnet = Ipv6Subnet.parse("fd00:1:2:3::/64");
        assertThat(subnet.firstHost()).hasToString("fd00:1:2:3::1");
        assertThat(subnet.last()).hasToString("fd00:1:2:3:ffff:ffff:ffff:ffff");
        assertThat(subnet.next()).contains(Ipv6Subnet.parse("fd00:1:2:4::/64"));
        assertThat(subnet.isHost(subnet.base())).isFalse();
        assertThat(subnet.isHost(subnet.last())).isTrue();
        assertThat(subnet.contains(Ipv6Address.parse("fd00:1:2:4::"))).isFalse();
        assertThat(subnet.overlaps(Ipv6Subnet.parse("fd00:1:2::/48"))).isTrue();
        assertThat(Ipv6Subnet.parse("::/0").contains(subnet)).isTrue();
        assertThat(Ipv6Subnet.parse("::/0").next()).isEmpty();
        assertThat(Ipv6Subnet.parse("fd00::8/125").last()).hasToString("fd00::f");
        assertThat(Ipv6Subnet.parse("fd00::2/127").isHost(Ipv6Address.parse("fd00::2")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "fd00::1/64 | fd00::1/64 is not a subnet: the address bits after /64 must be zero, as in fd00::/64",
                "fd00:: | 'fd00::' is not an IPv6 subnet: the prefix length is missing, write it like fd00:1::/64",
                "fd00::/129 | 'fd00::/129' is not an IPv6 subnet: after the slash comes a prefix length from 0 to 128",
            })
    void subnet_bad_saysWhatWouldBeRight(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ipv6Subnet.parse(text))
                .withMessage(message);
    }

    @Test
    void randomUniqueLocal_hasFortyRandomBits() {
        IdSource.use(new Random(1), () -> {
            Ipv6Subnet first = Ipv6Subnet.randomUniqueLocal();
            assertThat(first.prefixLength()).isEqualTo(48);
            assertThat(Ipv6Subnet.parse("fd00::/8").contains(first)).isTrue();
            assertThat(Ipv6Subnet.randomUniqueLocal()).isNotEqualTo(first);
        });
    }

    @Test
    void network_whatDoesNotFit_isRefused() {
        Ipv6Subnet subnet = Ipv6Subnet.parse("fd00::/64");
        assertThat(NetworkIpv6.of(subnet).gateway()).hasToString("fd00::1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> part("fd00::1/64", "fd00:1::/64", "fd00::1", Map.of()))
                .withMessage("range fd00:1::/64 does not fit: it must lie in the subnet fd00::/64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> part("fd00::1/64", "fd00::/64", "fd00::", Map.of()))
                .withMessage("gateway fd00:: does not fit: an address from fd00::1 to fd00::ffff:ffff:ffff:ffff would");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> part("fd00::1/64", "fd00::/64", "fd00::1", Map.of("a", Ipv6Address.parse("fd00::1"))))
                .withMessageStartingWith("auxiliary address a=fd00::1 does not fit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EndpointIpv6(Ipv6InterfaceAddress.parse("fd00::/64"), subnet.firstHost()))
                .withMessage("fd00::/64 is not an endpoint's address: it is that of all routers of fd00::/64");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new EndpointIpv6(Ipv6InterfaceAddress.parse("fd00::2/64"), Ipv6Address.parse("fd01::1")))
                .withMessageStartingWith("gateway fd01::1 does not fit");
    }

    private static NetworkIpv6 part(String bridge, String range, String gateway, Map<String, Ipv6Address> auxiliary) {
        return new NetworkIpv6(
                Ipv6InterfaceAddress.parse(bridge),
                Ipv6Subnet.parse(range),
                Ipv6Address.parse(gateway),
                auxiliary,
                GatewayMode.NAT,
                Optional.empty());
    }
}
