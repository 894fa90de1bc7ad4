package dev.bailey.daemon.main;

import dev.bailey.daemon.config.Configuration;
import dev.bailey.daemon.config.Given;
import dev.bailey.daemon.config.Setting;
import dev.bailey.daemon.config.UsageException;
import dev.bailey.engine.BridgeChoice;
import dev.bailey.engine.DefaultIpv6;
import dev.bailey.engine.DefaultNetworkOptions;
import dev.bailey.engine.dns.DnsOverrides;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.ipam.Ipv6Pool;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.GatewayMode;
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
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Makes the daemon's options out of what is set, or says which value is wrong, where, and what would be right. */
final class OptionValues {
    private static final String SCHEME = "unix://";
    private static final int MIN_MTU = 68;
    private static final int MAX_MTU = 65535;

    private final Configuration configuration;

    private OptionValues(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * Reads every value.
     *
     * @throws UsageException naming the first value that is wrong
     */
    static DaemonOptions of(Configuration configuration) {
        return new OptionValues(configuration).read();
    }

    private DaemonOptions read() {
        Path socket = one(Setting.HOST, OptionValues::socket).orElseGet(() -> socket(Setting.HOST.defaultText()));
        Path dataRoot = folderOf(Setting.DATA_ROOT);
        Path execRoot = folderOf(Setting.EXEC_ROOT);
        if (dataRoot.startsWith(execRoot) || execRoot.startsWith(dataRoot)) {
            throw new UsageException("--data-root " + dataRoot + " and --exec-root " + execRoot
                    + " lie in each other: give them folders apart");
        }
        return new DaemonOptions(
                socket,
                dataRoot,
                execRoot,
                defaultNetwork(),
                pools(),
                ipv6Pools(),
                flag(Setting.IP_FORWARD),
                one(Setting.FIREWALL_BACKEND, FirewallBackend::parse).orElse(FirewallBackend.NFTABLES),
                dns(),
                one(Setting.LOG_LEVEL, OptionValues::logLevel).orElse(LogLevel.INFO),
                one(Setting.PIDFILE, OptionValues::path));
    }

    private Path folderOf(Setting setting) {
        return one(setting, OptionValues::folder).orElseGet(() -> Path.of(setting.defaultText()));
    }

    private DefaultNetworkOptions defaultNetwork() {
        Optional<Integer> mtu = one(Setting.MTU, OptionValues::mtu);
        return new DefaultNetworkOptions(
                one(Setting.BRIDGE, OptionValues::bridge)
                        .orElseGet(() -> new BridgeChoice.EngineBridge(one(Setting.BIP, OptionValues::bridgeAddress))),
                one(Setting.FIXED_CIDR, OptionValues::range),
                one(Setting.DEFAULT_GATEWAY, Ipv4Address::parse),
                mtu.isPresent() ? OptionalInt.of(mtu.get()) : OptionalInt.empty(),
                networkOptions(),
                defaultIpv6());
    }

    /** What is set of it without IPv6 itself would have no effect. */
    private Optional<DefaultIpv6> defaultIpv6() {
        if (one(Setting.IPV6, OptionValues::bool).orElse(false)) {
            return Optional.of(new DefaultIpv6(
                    one(Setting.BIP6, OptionValues::ipv6BridgeAddress),
                    one(Setting.FIXED_CIDR_V6, Ipv6Subnet::parse),
                    one(Setting.DEFAULT_GATEWAY_V6, Ipv6Address::parse)));
        }
        for (Setting setting : List.of(Setting.BIP6, Setting.FIXED_CIDR_V6, Setting.DEFAULT_GATEWAY_V6)) {
            if (configuration.given().containsKey(setting)) {
                throw wrong(setting, "the default network has no IPv6: set ipv6 as well, or leave this out");
            }
        }
        return Optional.empty();
    }

    private NetworkOptions networkOptions() {
        return new NetworkOptions(
                flag(Setting.IP_MASQ),
                flag(Setting.ICC),
                false,
                GatewayMode.NAT,
                one(Setting.IP, OptionValues::hostBinding).orElse(Ipv4Address.ANY),
                Optional.empty(),
                List.of(),
                flag(Setting.GUARD),
                Optional.empty(),
                sourcePorts());
    }

    private SourcePorts sourcePorts() {
        if (!one(Setting.IP_MASQ_RANDOM, OptionValues::bool).orElse(false)) {
            return SourcePorts.KEPT;
        }
        if (!flag(Setting.IP_MASQ)) {
            throw wrong(
                    Setting.IP_MASQ_RANDOM,
                    "packets leave with their own addresses and ports: set ip-masq, or leave this out");
        }
        return SourcePorts.RANDOM;
    }

    private static Ipv4Address hostBinding(String text) {
        if (text.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'" + text
                    + "' is an IPv6 address: name an IPv4 address of this host, or 0.0.0.0 to publish on all addresses"
                    + " of both families");
        }
        return Ipv4Address.parse(text);
    }

    private List<AddressPool> pools() {
        List<AddressPool> pools = pools(false, AddressPool::parse);
        for (int i = 0; i < pools.size(); i++) {
            Subnet base = pools.get(i).base();
            for (AddressPool earlier : pools.subList(0, i)) {
                if (earlier.base().overlaps(base)) {
                    throw wrong(
                            Setting.DEFAULT_ADDRESS_POOL,
                            base + " overlaps " + earlier.base()
                                    + ", which is given too: give pools that have no address in common");
                }
            }
        }
        return pools;
    }

    private List<Ipv6Pool> ipv6Pools() {
        List<Ipv6Pool> pools = pools(true, Ipv6Pool::parse);
        for (int i = 0; i < pools.size(); i++) {
            Ipv6Subnet base = pools.get(i).base();
            for (Ipv6Pool earlier : pools.subList(0, i)) {
                if (earlier.base().overlaps(base)) {
                    throw wrong(
                            Setting.DEFAULT_ADDRESS_POOL,
                            base + " overlaps " + earlier.base()
                                    + ", which is given too: give pools that have no address in common");
                }
            }
        }
        return pools;
    }

    private <T> List<T> pools(boolean ipv6, Function<String, T> reader) {
        return configuration.values(Setting.DEFAULT_ADDRESS_POOL).stream()
                .filter(text -> Ipv6Pool.isAskedFor(text) == ipv6)
                .map(text -> read(Setting.DEFAULT_ADDRESS_POOL, reader, text))
                .toList();
    }

    private DnsSettings dns() {
        return new DnsSettings(
                all(Setting.DNS, OptionValues::server),
                all(Setting.DNS_SEARCH, OptionValues::domain),
                all(Setting.DNS_OPT, OptionValues::resolverOption));
    }

    private boolean flag(Setting setting) {
        return one(setting, OptionValues::bool).orElse(true);
    }

    private <T> Optional<T> one(Setting setting, Function<String, T> reader) {
        return all(setting, reader).stream().findFirst();
    }

    private <T> List<T> all(Setting setting, Function<String, T> reader) {
        return configuration.values(setting).stream()
                .map(value -> read(setting, reader, value))
                .toList();
    }

    private <T> T read(Setting setting, Function<String, T> reader, String value) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw wrong(setting, String.valueOf(e.getMessage()));
        }
    }

    private UsageException wrong(Setting setting, String message) {
        Given given = configuration.given().get(setting);
        return new UsageException((given == null ? "--" + setting.flag() : given.label()) + ": " + message);
    }

    private static BridgeChoice bridge(String text) {
        return text.equals("none")
                ? new BridgeChoice.NoBridge()
                : new BridgeChoice.OperatorBridge(new InterfaceName(text));
    }

    private static Subnet range(String text) {
        Subnet range = Subnet.parse(text);
        if (range.prefixLength() < AddressPool.MIN_SIZE) {
            throw new IllegalArgumentException(
                    quote(text) + " is too large: its prefix length can be " + AddressPool.MIN_SIZE + " to 32");
        }
        return range;
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException(quote(text) + " is neither true nor false");
        };
    }

    private static Path socket(String text) {
        if (!text.startsWith(SCHEME + "/") || text.endsWith("/")) {
            throw new IllegalArgumentException(
                    quote(text) + " is no address of a Unix socket: write unix:// and an absolute path, like "
                            + Setting.HOST.defaultText());
        }
        Path path = path(text.substring(SCHEME.length()));
        SocketFile.checkLength(path);
        return path;
    }

    private static Path path(String text) {
        try {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("the path is empty: name one");
            }
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(quote(text) + " is no path: " + e.getReason(), e);
        }
    }

    private static Path folder(String text) {
        Path path = path(text);
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new IllegalArgumentException(path + " is no folder: name one, or a path where nothing is yet");
        }
        if (path.getParent() == null) {
            throw new IllegalArgumentException("/ is the whole machine: name a folder of its own");
        }
        return path;
    }

    private static int mtu(String text) {
        if (text.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= MIN_MTU && value <= MAX_MTU) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                quote(text) + " is not an MTU: it is a number of bytes from " + MIN_MTU + " to " + MAX_MTU);
    }

    private static InterfaceAddress bridgeAddress(String text) {
        InterfaceAddress address = InterfaceAddress.parse(text);
        int length = address.prefixLength();
        if (length < AddressPool.MIN_SIZE || length > AddressPool.MAX_SIZE) {
            throw new IllegalArgumentException(quote(text) + " leaves no usable subnet: its prefix length can be "
                    + AddressPool.MIN_SIZE + " to " + AddressPool.MAX_SIZE);
        }
        Subnet subnet = address.subnet();
        if (!subnet.isHost(address.address())) {
            throw new IllegalArgumentException(quote(text) + " is not an address of a host in " + subnet
                    + ": write one from " + subnet.firstHost() + " to " + subnet.lastHost());
        }
        if (address.address().isLoopback() || address.address().isMulticast()) {
            throw new IllegalArgumentException(
                    quote(text) + " cannot be a bridge's address: loopback and multicast addresses stay on one host");
        }
        return address;
    }

    private static Ipv6InterfaceAddress ipv6BridgeAddress(String text) {
        Ipv6InterfaceAddress address = Ipv6InterfaceAddress.parse(text);
        int length = address.prefixLength();
        if (length < Ipv6Pool.MIN_SIZE || length > Ipv6Pool.MAX_SIZE) {
            throw new IllegalArgumentException(quote(text) + " leaves no usable subnet: its prefix length can be "
                    + Ipv6Pool.MIN_SIZE + " to " + Ipv6Pool.MAX_SIZE);
        }
        Ipv6Address host = address.address();
        if (!address.subnet().isHost(host) || host.isMulticast() || host.isLinkLocal() || host.isLoopback()) {
            throw new IllegalArgumentException(
                    quote(text) + " cannot be a bridge's address: write that of a host, like fd00:1::1/64");
        }
        return address;
    }

    private static String server(String text) {
        return new DnsOverrides(List.of(text), List.of(), List.of())
                .nameservers()
                .getFirst();
    }

    private static String domain(String text) {
        return new DnsOverrides(List.of(), List.of(text), List.of()).search().getFirst();
    }

    private static String resolverOption(String text) {
        return new DnsOverrides(List.of(), List.of(), List.of(text)).options().getFirst();
    }

    private static LogLevel logLevel(String text) {
        for (LogLevel level : LogLevel.values()) {
            if (level.name().toLowerCase(Locale.ROOT).equals(text)) {
                return level;
            }
        }
        throw new IllegalArgumentException(quote(text) + " is not a log level: write debug, info, warn or error");
    }

    private static String quote(String text) {
        return "'" + text.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
