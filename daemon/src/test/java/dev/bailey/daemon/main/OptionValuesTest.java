package dev.bailey.daemon.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bailey.daemon.config.ConfigurationReader;
import dev.bailey.daemon.config.Places;
import dev.bailey.daemon.config.UsageException;
import dev.bailey.engine.BridgeChoice;
import dev.bailey.engine.DefaultIpv6;
import dev.bailey.engine.DefaultNetworkOptions;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.NetworkOptions;
import dev.bailey.engine.model.SourcePorts;
import dev.bailey.engine.model.Subnet;
import dev.bailey.runtime.DnsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionValuesTest {
    @TempDir
    Path etc;

    @Test
    void of_nothingGiven_hasTheDefaults() {
        assertThat(read())
                .isEqualTo(new DaemonOptions(
                        Path.of("/run/bailey/bailey.sock"),
                        Path.of("/var/lib/bailey"),
                        Path.of("/run/bailey"),
                        DefaultNetworkOptions.DEFAULT,
                        List.of(),
                        List.of(),
                        true,
                        FirewallBackend.NFTABLES,
                        DnsSettings.NONE,
                        LogLevel.INFO,
                        Optional.empty()));
    }

    @Test
    void of_everythingGiven_hasEveryValue() {
        DaemonOptions options = read("-H unix:///a/b.sock --data-root /a/data --exec-root=/a/run --mtu 1400"
                + " --bip 10.1.0.1/24 --fixed-cidr 10.1.0.128/25 --default-gateway 10.1.0.254 --icc=false --ip-masq=0"
                + " --ip-forward=false --firewall-backend iptables --dns 192.0.2.1 --dns 2001:db8::1"
                + " --dns-search example.com --dns-search . --dns-opt ndots:2 --log-level debug --pidfile /a/pid");

        assertThat(options)
                .isEqualTo(new DaemonOptions(
                        Path.of("/a/b.sock"),
                        Path.of("/a/data"),
                        Path.of("/a/run"),
                        new DefaultNetworkOptions(
                                new BridgeChoice.EngineBridge(Optional.of(InterfaceAddress.parse("10.1.0.1/24"))),
                                Optional.of(Subnet.parse("10.1.0.128/25")),
                                Optional.of(Ipv4Address.parse("10.1.0.254")),
                                OptionalInt.of(1400),
                                new NetworkOptions(false, false, false)),
                        List.of(),
                        List.of(),
                        false,
                        FirewallBackend.IPTABLES,
                        new DnsSettings(
                                List.of("192.0.2.1", "2001:db8::1"), List.of("example.com", "."), List.of("ndots:2")),
                        LogLevel.DEBUG,
                        Optional.of(Path.of("/a/pid"))));
    }

    @Test
    void of_ipv6_isRead() {
        DaemonOptions options = read("--ipv6 --bip6 fd00:1::1/64 --fixed-cidr-v6 fd00:1::8000/113 --default-gateway-v6"
                + " fd00:1::fe --default-address-pool base=fd12::/48,size=64 --bip 10.1.0.1/24");
        assertThat(options.defaultNetwork().ipv6())
                .contains(new DefaultIpv6(
                        Optional.of(Ipv6InterfaceAddress.parse("fd00:1::1/64")),
                        Optional.of(Ipv6Subnet.parse("fd00:1::8000/113")),
                        Optional.of(Ipv6Address.parse("fd00:1::fe"))));
        assertThat(options.ipv6Pools()).containsExactly(new Ipv6Pool(Ipv6Subnet.parse("fd12::/48"), 64));
        assertThat(options.pools()).isEmpty();
        assertThat(read("--ipv6=false").defaultNetwork()).isEqualTo(DefaultNetworkOptions.DEFAULT);
    }

    @Test
    void of_poolsAndBridges_areRead() {
        assertThat(
                        read("--default-address-pool base=10.2.0.0/16,size=24 --default-address-pool size=26,base=10.3.0.0/16")
                                .pools())
                .containsExactly(
                        AddressPool.parse("base=10.2.0.0/16,size=24"), AddressPool.parse("base=10.3.0.0/16,size=26"));
        assertThat(read("-b=bridge0").defaultNetwork().bridge())
                .isEqualTo(new BridgeChoice.OperatorBridge(new InterfaceName("bridge0")));
        assertThat(read("--ip-masq-random").defaultNetwork().options().sourcePorts())
                .isEqualTo(SourcePorts.RANDOM);
        assertThat(read("--bridge none").defaultNetwork().bridge()).isEqualTo(new BridgeChoice.NoBridge());
    }

    @Test
    void of_badValueInAFile_namesTheLine() throws IOException {
        Files.createDirectories(etc.resolve("bailey"));
        Files.writeString(etc.resolve("bailey/daemon.json"), "{\n\n\"mtu\": 9}");

        assertThatThrownBy(() -> read())
                .hasMessage(etc
                        + "/bailey/daemon.json:3: mtu: '9' is not an MTU: it is a number of bytes from 68 to 65535");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--wrong|unknown option --wrong; bailey daemon --help lists the options",
                "-x|unknown option -x; bailey daemon --help lists the options",
                "word|'word' is no option of the daemon; bailey daemon --help lists the options",
                "--data=/a|unknown option --data=/a; bailey daemon --help lists the options",
                "--mtu|--mtu needs a value: BYTES",
                "--mtu 1400 --mtu 1500|--mtu is given 2 times (1400, 1500): give it once",
                "--mtu 67|--mtu: '67' is not an MTU: it is a number of bytes from 68 to 65535",
                "--mtu 65536|--mtu: '65536' is not an MTU: it is a number of bytes from 68 to 65535",
                "--mtu big|--mtu: 'big' is not an MTU: it is a number of bytes from 68 to 65535",
                "-H /a|--host: '/a' is no address of a Unix socket: write unix:// and an absolute path, like unix:///run/bailey/bailey.sock",
                "-H tcp://127.0.0.1:1|--host: 'tcp://127.0.0.1:1' is no address of a Unix socket: write unix:// and an absolute path, like unix:///run/bailey/bailey.sock",
                "-H unix://a|--host: 'unix://a' is no address of a Unix socket: write unix:// and an absolute path, like unix:///run/bailey/bailey.sock",
                "--data-root /proc/version|--data-root: /proc/version is no folder: name one, or a path where nothing is yet",
                "--data-root /|--data-root: / is the whole machine: name a folder of its own",
                "--data-root /a --exec-root /a/b|--data-root /a and --exec-root /a/b lie in each other: give them folders apart",
                "--bip 10.1.0.1|--bip: '10.1.0.1' is not an interface address: the prefix length is missing, write it like 172.17.0.1/16",
                "--bip 10.1.0.0/24|--bip: '10.1.0.0/24' is not an address of a host in 10.1.0.0/24: write one from 10.1.0.1 to 10.1.0.254",
                "--bip 10.1.0.1/31|--bip: '10.1.0.1/31' leaves no usable subnet: its prefix length can be 8 to 30",
                "--bip 127.0.0.1/24|--bip: '127.0.0.1/24' cannot be a bridge's address: loopback and multicast addresses stay on one host",
                "--default-address-pool 10.0.0.0/8|--default-address-pool: '10.0.0.0/8' has an unknown part '10.0.0.0/8': write a pool as base=172.80.0.0/16,size=24",
                "--default-address-pool base=10.0.0.0/8,size=16 --default-address-pool base=10.1.0.0/16,size=24|--default-address-pool: 10.1.0.0/16 overlaps 10.0.0.0/8, which is given too: give pools that have no address in common",
                "--fixed-cidr-v6 fd00::/64|--fixed-cidr-v6: the default network has no IPv6: set ipv6 as well, or leave this"
                        + " out",
                "--ipv6 --bip6 fe80::1/64|--bip6: 'fe80::1/64' cannot be a bridge's address: write that of a host, like"
                        + " fd00:1::1/64",
                "--default-address-pool base=fd00::/64,size=48|--default-address-pool: size 48 does not fit the pool"
                        + " fd00::/64: its subnets can have a prefix length from 64 to 126",
                "--dns localhost|--dns: 'localhost' is not the address of a nameserver: write an IPv4 or IPv6 address",
                "--dns-search a..b|--dns-search: 'a..b' is not a search domain: write one like example.com, or a single dot for none",
                "--dns-opt a=b|--dns-opt: 'a=b' is not a resolver option: write one like ndots:2 or use-vc",
                "-b a/b|--bridge: 'a/b' is not an interface name: it may not be '.' or '..' nor contain '/', ':', '%', white space or control characters",
                "--fixed-cidr 10.1.0.1/24|--fixed-cidr: 10.1.0.1/24 is not a subnet: the address bits after /24 must be zero, as in 10.1.0.0/24",
                "--fixed-cidr 0.0.0.0/0|--fixed-cidr: '0.0.0.0/0' is too large: its prefix length can be 8 to 32",
                "--icc=maybe|--icc: 'maybe' is neither true nor false",
                "--ip-masq=|--ip-masq: '' is neither true nor false",
                "--ip-masq=false --ip-masq-random|--ip-masq-random: packets leave with their own addresses and ports: set ip-masq,"
                        + " or leave this out",
                "--firewall-backend pf|--firewall-backend: 'pf' is no firewall backend: there is nftables and iptables",
                "--log-level loud|--log-level: 'loud' is not a log level: write debug, info, warn or error"
            })
    void of_badInput_saysWhatAndWhatWouldBeRight(String words, String message) {
        assertThatThrownBy(() -> read(words)).isInstanceOf(UsageException.class).hasMessage(message);
    }

    @Test
    void of_socketPathTooLong_saysTheLimit() {
        assertThatThrownBy(() -> read("-H", "unix:///" + "a".repeat(91)))
                .isInstanceOf(UsageException.class)
                .hasMessageEndingWith("has 92 bytes, too many for a socket: at most 91 would do");
    }

    private DaemonOptions read(String words) {
        return read(words.split(" "));
    }

    private DaemonOptions read(String... arguments) {
        return OptionValues.of(new ConfigurationReader(List.of(arguments), Places.below(etc)).read());
    }
}
