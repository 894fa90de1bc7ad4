package dev.bailey.daemon.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Everything that can be set, under Docker's names where Docker has it. */
public enum Setting {
    /** The socket. */
    HOST("host", "H", "hosts", Shape.LIST, "unix://PATH", "Socket to listen on", "unix:///run/bailey/bailey.sock"),
    /** The folder of what outlives a restart of the machine. */
    DATA_ROOT("data-root", "", "data-root", Shape.TEXT, "DIR", "Folder of what is kept", "/var/lib/bailey"),
    /** The folder of what does not. */
    EXEC_ROOT("exec-root", "", "exec-root", Shape.TEXT, "DIR", "Folder of run-time files", "/run/bailey"),
    /** A bridge of the operator's own. */
    BRIDGE(
            "bridge",
            "b",
            "bridge",
            Shape.TEXT,
            "NAME",
            "Bridge of your own for the default network, or 'none'",
            "bailey0"),
    /** The address of the bridge that the daemon makes. */
    BIP("bip", "", "bip", Shape.TEXT, "ADDRESS/LENGTH", "Address of the default bridge", "of the first free pool"),
    /** The part of the default network's subnet that addresses are taken from. */
    FIXED_CIDR(
            "fixed-cidr", "", "fixed-cidr", Shape.TEXT, "PREFIX", "Range of the containers' addresses", "the subnet"),
    /** The default gateway of the default network. */
    DEFAULT_GATEWAY(
            "default-gateway", "", "default-gateway", Shape.TEXT, "ADDRESS", "Gateway of containers", "the bridge"),
    /** Whether the default network has IPv6. */
    IPV6("ipv6", "", "ipv6", Shape.FLAG, "BOOL", "Give the default network IPv6 as well", "false"),
    /** The IPv6 address of the bridge that the daemon makes. */
    BIP6(
            "bip6",
            "",
            "bip6",
            Shape.TEXT,
            "ADDRESS/LENGTH",
            "IPv6 address of the default bridge",
            "of the first free pool"),
    /** The IPv6 range of the default network, and its subnet where no address of the bridge is set. */
    FIXED_CIDR_V6(
            "fixed-cidr-v6",
            "",
            "fixed-cidr-v6",
            Shape.TEXT,
            "PREFIX",
            "Range of the containers' IPv6 addresses",
            "the subnet"),
    /** The IPv6 default gateway of the default network. */
    DEFAULT_GATEWAY_V6(
            "default-gateway-v6",
            "",
            "default-gateway-v6",
            Shape.TEXT,
            "ADDRESS",
            "IPv6 gateway of containers",
            "the bridge"),
    /** The MTU of the default network. */
    MTU("mtu", "", "mtu", Shape.NUMBER, "BYTES", "MTU of the default network", "that of the uplinks"),
    /** Whether containers of the default network reach each other. */
    ICC("icc", "", "icc", Shape.FLAG, "BOOL", "Let containers reach each other", "true"),
    /** Whether they send with their own addresses alone. */
    GUARD("guard", "", "guard", Shape.FLAG, "BOOL", "Drop what containers send as somebody else", "true"),
    /** Whether they leave with the host's address. */
    IP_MASQ("ip-masq", "", "ip-masq", Shape.FLAG, "BOOL", "Masquerade what containers send out", "true"),
    /** Whether they leave with ports that no sender chooses. */
    IP_MASQ_RANDOM(
            "ip-masq-random",
            "",
            "ip-masq-random",
            Shape.FLAG,
            "BOOL",
            "Masquerade with ports chosen at random",
            "false"),
    /** Whether the daemon switches forwarding on. */
    IP_FORWARD("ip-forward", "", "ip-forward", Shape.FLAG, "BOOL", "Switch forwarding on where it is off", "true"),
    /** Where subnets are carved from. */
    DEFAULT_ADDRESS_POOL(
            "default-address-pool",
            "",
            "default-address-pools",
            Shape.POOLS,
            "base=PREFIX,size=LENGTH",
            "Range that subnets are carved from; may be given again",
            "Docker's"),
    /** Where ports of the default network are published. */
    IP("ip", "", "ip", Shape.TEXT, "ADDRESS", "Address of the host that ports are published on", "0.0.0.0"),
    /** What holds the packet rules. */
    FIREWALL_BACKEND(
            "firewall-backend", "", "firewall-backend", Shape.TEXT, "NAME", "What holds the packet rules", "nftables"),
    /** Name servers of containers. */
    DNS("dns", "", "dns", Shape.LIST, "ADDRESS", "Name server of containers; may be given again", "the host's"),
    /** Search domains of containers. */
    DNS_SEARCH(
            "dns-search",
            "",
            "dns-search",
            Shape.LIST,
            "DOMAIN",
            "Search domain of containers; may be given again",
            "the host's"),
    /** Resolver options of containers. */
    DNS_OPT(
            "dns-opt",
            "",
            "dns-opts",
            Shape.LIST,
            "OPTION",
            "Resolver option of containers; may be given again",
            "the host's"),
    /** How much is logged. */
    LOG_LEVEL("log-level", "l", "log-level", Shape.TEXT, "LEVEL", "Least to log: debug, info, warn or error", "info"),
    /** Where the process id is written. */
    PIDFILE("pidfile", "p", "pidfile", Shape.TEXT, "FILE", "File to write the process id to", "none");

    /** How a value is written. */
    enum Shape {
        TEXT,
        NUMBER,
        FLAG,
        LIST,
        POOLS
    }

    /** What a running daemon takes over at SIGHUP. */
    private static final List<Setting> RELOADABLE =
            List.of(ICC, GUARD, IP_MASQ, IP_MASQ_RANDOM, IP, DNS, DNS_SEARCH, DNS_OPT, LOG_LEVEL);

    /** What Docker's configuration says of Docker's own daemon, not of the network. */
    private static final List<Setting> OF_ONE_DAEMON = List.of(HOST, DATA_ROOT, EXEC_ROOT, LOG_LEVEL, PIDFILE);

    private final String flag;
    private final String letter;
    private final String key;
    private final Shape shape;
    private final String argument;
    private final String description;
    private final String defaultText;

    Setting(
            String flag,
            String letter,
            String key,
            Shape shape,
            String argument,
            String description,
            String defaultText) {
        this.flag = flag;
        this.letter = letter;
        this.key = key;
        this.shape = shape;
        this.argument = argument;
        this.description = description;
        this.defaultText = defaultText;
    }

    /** Returns its name on a command line, without dashes. */
    public String flag() {
        return flag;
    }

    String letter() {
        return letter;
    }

    /** Returns its name in daemon.json. */
    String key() {
        return key;
    }

    Shape shape() {
        return shape;
    }

    /** Returns whether it can have several values. */
    boolean isRepeatable() {
        return shape == Shape.LIST && this != HOST || shape == Shape.POOLS;
    }

    String argument() {
        return argument;
    }

    String description() {
        return description;
    }

    /** Returns what holds when nobody sets it: a value, or where the value comes from. */
    public String defaultText() {
        return defaultText;
    }

    /** Returns whether a running daemon takes over another value. */
    public boolean isReloadable() {
        return RELOADABLE.contains(this);
    }

    /** Returns whether it is taken over from Docker's configuration. */
    boolean isImported() {
        return !OF_ONE_DAEMON.contains(this);
    }

    /** Returns the setting with a name in daemon.json. */
    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values())
                .filter(setting -> setting.key.equals(key))
                .findFirst();
    }
}
