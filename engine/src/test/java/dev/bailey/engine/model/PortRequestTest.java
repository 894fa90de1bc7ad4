package dev.bailey.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.bailey.engine.Seed;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortRequestTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "80                          | 80/tcp",
                "80/UDP                      | 80/udp",
                "0:80                        | 80/tcp",
                "8080:80                     | 8080:80/tcp",
                ":8080:80                    | 8080:80/tcp",
                "8080:80/sctp                | 8080:80/sctp",
                "127.0.0.1:8080:80           | 127.0.0.1:8080:80/tcp",
                "127.0.0.1::80               | 127.0.0.1::80/tcp",
                "0.0.0.0:8080:80             | 0.0.0.0:8080:80/tcp",
                "8000-8010:9000-9010         | 8000-8010:9000-9010/tcp",
                "8000-8010:80                | 8000-8010:80/tcp",
                "3000-3005                   | 3000-3005/tcp",
                "80:80,from=203.0.113.7      | 80:80/tcp,from=203.0.113.7/32",
                "80:80,from=10.1.0.0/16,from=10.0.0.0/8,from=10.0.0.0/8 | 80:80/tcp,from=10.0.0.0/8",
                "80:80,from=10.0.0.0/8,192.0.2.7 | 80:80/tcp,from=10.0.0.0/8,from=192.0.2.7/32",
                "80:80,from=0.0.0.0/0        | 80:80/tcp,from=0.0.0.0/0",
                "80:80,from=::/0,0.0.0.0/0   | 80:80/tcp",
                "80:80,from=fd00::/8,10.0.0.0/8,fd00:1::/64,2001:db8::7 | 80:80/tcp,from=10.0.0.0/8,from=2001:db8::7/128,from=fd00::/8",
                "[2001:db8::1]:8080:80/udp   | [2001:db8::1]:8080:80/udp",
                "[2001:DB8:0::1]::80         | [2001:db8::1]::80/tcp",
                "[::]:8000-8010:8000-8010    | [::]:8000-8010:8000-8010/tcp",
            })
    void parse_andBack(String text, String canonical) {
        assertThat(PortRequest.parse(text)).hasToString(canonical);
        assertThat(PortRequest.parse(canonical)).isEqualTo(PortRequest.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"             | the container's port is missing",
                "8080:          | the container's port is missing",
                "x              | 'x' is no port: write a number from 1 to 65535",
                "0              | '0' is no port",
                "65536:80       | '65536' is no port",
                "8010-8000:80   | '8010-8000' is no range of ports: the lower one comes first, as in 8000-8010",
                "80/icmp        | 'icmp' is no protocol with ports: there is tcp, udp, sctp",
                "80/            | '' is no protocol with ports",
                "1-3:1-2        | ports 1-3 of the host cannot lead to 1-2: 3 and 2 ports, it must be as many",
                "80:1-2         | ports 80 of the host cannot lead to 1-2: 1 and 2 ports",
                "[::1]:80:80    | nothing can be published on ::1: Linux leads nothing from there to a container, take 127.0.0.1",
                "[fe80::1]:80:80 | nothing can be published on fe80::1: take an address of this host, or :: for all of them",
                "[ff02::1]:80:80 | nothing can be published on ff02::1",
                "[::ffff:192.0.2.1]:80:80 | nothing can be published on ::ffff:192.0.2.1",
                "[2001:db8::g]:80:80 | '2001:db8::g'",
                "[2001:db8::1]:80 | behind an address comes the host's port, or nothing, and a colon: [2001:db8::1]::PORT",
                "[2001:db8::1:80:80 | too many colons: an IPv6 address stands in brackets",
                "fd00::1:80:80  | too many colons: an IPv6 address stands in brackets, like [2001:db8::1]:8080:80",
                "1.2.3:80:80    | '1.2.3' is not an IPv4 address",
                "224.0.0.1:1:1  | nothing can be published on 224.0.0.1: take an address of this host",
                "127.0.0.1:80   | behind an address comes the host's port, or nothing, and a colon: 127.0.0.1::PORT",
                "80:80,form=1/8 | 'form=1/8' cannot stand behind a port: write from=203.0.113.0/24",
                "80:80,from=1.2.3.4/8 | 1.2.3.4/8 is not a subnet",
                "80:80,10.0.0.0/8 | '10.0.0.0/8' cannot stand behind a port: write from=203.0.113.0/24",
                "80:80,from=10.0.0.0/8, | '' is not an IPv4 address",
            })
    void parse_badInput_saysWhatAndWhatWouldBeRight(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PortRequest.parse(text))
                .withMessageStartingWith("cannot publish '" + text)
                .withMessageContaining(reason)
                .withMessageNotContaining("\n");
    }

    @Test
    void mapping_anyThatThereCanBe_isReadBack() {
        RandomGenerator random = Seed.generator("mapping_anyThatThereCanBe_isReadBack");
        for (int i = 0; i < 1_000; i++) {
            PortMapping mapping = mapping(random);
            assertThat(PortMapping.parse(mapping.toString())).isEqualTo(mapping);
            PortRequest request = new PortRequest(
                    random.nextBoolean() ? Optional.empty() : Optional.of(mapping.hostAddress()),
                    Optional.of(mapping.hostPorts()),
                    mapping.protocol(),
                    mapping.sandboxPorts(),
                    mapping.sources());
            assertThat(PortRequest.parse(request.toString())).isEqualTo(request);
        }
    }

    private static PortMapping mapping(RandomGenerator random) {
        int size = 1 + random.nextInt(random.nextBoolean() ? 1 : 1_000);
        int host = 1 + random.nextInt(PortRange.MAX_PORT - size);
        int sandbox = 1 + random.nextInt(PortRange.MAX_PORT - size);
        IpFamily family = IpFamily.values()[random.nextInt(2)];
        IpAddress address = random.nextBoolean() ? family.any() : address(family, random);
        List<IpSubnet> sources = IntStream.range(0, random.nextInt(4))
                .mapToObj(_ -> subnet(family, random))
                .toList();
        TransportProtocol protocol = TransportProtocol.values()[random.nextInt(3)];
        PortRange inside = new PortRange(sandbox, sandbox + size - 1);
        return random.nextInt(4) == 0
                ? PortMapping.routed(family, protocol, inside, new PortSources(sources))
                : new PortMapping(
                        address, new PortRange(host, host + size - 1), protocol, inside, new PortSources(sources));
    }

    private static IpAddress address(IpFamily family, RandomGenerator random) {
        return switch (family) {
            case IPV4 -> new Ipv4Address(random.nextInt() & 0x7fff_ffff | 0x0100_0000);
            case IPV6 -> new Ipv6Address(random.nextLong() >>> 2 | 1L << 61, random.nextLong());
        };
    }

    private static IpSubnet subnet(IpFamily family, RandomGenerator random) {
        return switch (family) {
            case IPV4 -> Subnet.containing(new Ipv4Address(random.nextInt()), 1 + random.nextInt(32));
            case IPV6 ->
                Ipv6Subnet.containing(new Ipv6Address(random.nextLong(), random.nextLong()), 1 + random.nextInt(128));
        };
    }

    @Test
    void mapping_keepsTheSendersOfItsFamily_andNobodyIsRefused() {
        assertThat(PortMapping.parse("[::]:80:80/tcp,from=10.0.0.0/8,from=fd00::/8"))
                .hasToString("[::]:80:80/tcp,from=fd00::/8");
        assertThat(PortMapping.parse("0.0.0.0:80:80/tcp,from=0.0.0.0/0")).hasToString("0.0.0.0:80:80/tcp");
        assertThat(PortMapping.parse("[::]::80/tcp").routed()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PortMapping.parse("[::]:80:80/tcp,from=10.0.0.0/8"))
                .withMessage("port [::]:80 would be open to nobody: there is no IPv6 subnet among the senders"
                        + ",from=10.0.0.0/8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[2001:db8::1]::80/tcp",
                "::80:80/tcp",
                "80",
                "8080:80/tcp",
                "0.0.0.0:8080:80",
                "0.0.0.0:80-81:80/tcp",
                "0.0.0.0:0:80/tcp",
                "8080:80/udp"
            })
    void mapping_anythingElse_refuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> PortMapping.parse(text));
    }
}
