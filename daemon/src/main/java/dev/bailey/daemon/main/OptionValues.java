package dev.bailey.daemon.main;

import dev.bailey.engine.dns.DnsOverrides;
import dev.bailey.engine.ipam.AddressPool;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.InterfaceAddress;
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

/** Makes the daemon's options out of a command line, or says which value is wrong and what would be right. */
final class OptionValues {
    private static final String SCHEME = "unix://";
    private static final int MIN_MTU = 68;
    private static final int MAX_MTU = 65535;

    private final CommandLineOptions given;

    private OptionValues(CommandLineOptions given) {
        this.given = given;
    }

    /**
     * Reads a command line.
     *
     * @throws UsageException naming the first value that is wrong
     */
    static DaemonOptions of(CommandLineOptions given) {
        return new OptionValues(given).read();
    }

    private DaemonOptions read() {
        Path socket = one(CommandLineOptions.HOST, OptionValues::socket, DaemonOptions.DEFAULT_HOST);
        Path dataRoot = one(CommandLineOptions.DATA_ROOT, OptionValues::folder, DaemonOptions.DEFAULT_DATA_ROOT);
        Path execRoot = one(CommandLineOptions.EXEC_ROOT, OptionValues::folder, DaemonOptions.DEFAULT_EXEC_ROOT);
        if (dataRoot.startsWith(execRoot) || execRoot.startsWith(dataRoot)) {
            throw new UsageException("--data-root " + dataRoot + " and --exec-root " + execRoot
                    + " lie in each other: give them folders apart");
        }
        Optional<Integer> mtu = one(CommandLineOptions.MTU, OptionValues::mtu);
        return new DaemonOptions(
                socket,
                dataRoot,
                execRoot,
                mtu.isPresent() ? OptionalInt.of(mtu.get()) : OptionalInt.empty(),
                one(CommandLineOptions.BIP, OptionValues::bridgeAddress),
                pools(),
                dns(),
                one(CommandLineOptions.FIREWALL_BACKEND, FirewallBackend::parse, FirewallBackend.NFTABLES.toString()),
                one(CommandLineOptions.LOG_LEVEL, OptionValues::logLevel, "info"),
                one(CommandLineOptions.PID_FILE, OptionValues::path));
    }

    private List<AddressPool> pools() {
        List<AddressPool> pools = all(CommandLineOptions.POOL, AddressPool::parse);
        for (int i = 0; i < pools.size(); i++) {
            Subnet base = pools.get(i).base();
            for (AddressPool earlier : pools.subList(0, i)) {
                if (earlier.base().overlaps(base)) {
                    throw new UsageException("--default-address-pool: " + base + " overlaps " + earlier.base()
                            + ", which is given too: give pools that have no address in common");
                }
            }
        }
        return pools;
    }

    private DnsSettings dns() {
        return new DnsSettings(
                all(CommandLineOptions.DNS, OptionValues::server),
                all(CommandLineOptions.DNS_SEARCH, OptionValues::domain),
                all(CommandLineOptions.DNS_OPTION, OptionValues::resolverOption));
    }

    private <T> T one(String name, Function<String, T> reader, String defaultValue) {
        return one(name, reader).orElseGet(() -> reader.apply(defaultValue));
    }

    private <T> Optional<T> one(String name, Function<String, T> reader) {
        return given.one(name).map(value -> read(name, reader, value));
    }

    private <T> List<T> all(String name, Function<String, T> reader) {
        return given.all(name).stream().map(value -> read(name, reader, value)).toList();
    }

    private static <T> T read(String name, Function<String, T> reader, String value) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + name + ": " + e.getMessage());
        }
    }

    private static Path socket(String text) {
        if (!text.startsWith(SCHEME + "/") || text.endsWith("/")) {
            throw new IllegalArgumentException(
                    quote(text) + " is no address of a Unix socket: write unix:// and an absolute path, like "
                            + DaemonOptions.DEFAULT_HOST);
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
