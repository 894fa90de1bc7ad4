package dev.bailey.engine.plan;

import dev.bailey.engine.kernel.Step;
import dev.bailey.engine.model.BridgeOwner;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.NetworkIpv6;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What bridges of the engine's need of the kernel's settings for IPv6: to have it, or to have none of it; pure. */
public final class Ipv6Settings {
    /** The setting that lets IPv6 packets through; to switch it switches it for every link. */
    public static final String FORWARDING = "net.ipv6.conf.all.forwarding";

    /**
     * The bridge's address on the link itself, which it needs to find neighbours: set by us and at once, as the kernel would
     * try its own for a second first.
     */
    static final Ipv6InterfaceAddress LINK_LOCAL = new Ipv6InterfaceAddress(new Ipv6Address(0xfe80L << 48, 1), 64);

    private static final String ON = "1";
    private static final String OFF = "0";
    /** IN6_ADDR_GEN_MODE_NONE of linux/if_link.h. */
    private static final String NO_ADDRESS_OF_THE_KERNEL = "1";

    private Ipv6Settings() {}

    /** The IPv6 address that a network's bridge has, if it has one. */
    static Optional<Ipv6InterfaceAddress> bridgeAddress(Network network) {
        return network.ipv6().filter(NetworkIpv6::bridgeAddressed).map(NetworkIpv6::bridgeAddress);
    }

    /**
     * Returns the settings of a network's bridge with the values that they must have. A bridge without IPv6 addresses of its
     * network has none at all, not even on the link: nobody on it reaches this host by IPv6. One that has them takes no
     * address or route from what its endpoints advertise (CVE-2020-13401).
     *
     * @return in an order in which they can be set; empty for a bridge of the operator's
     */
    public static Map<String, String> of(Network network) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (network.owner() == BridgeOwner.ENGINE) {
            boolean addressed = bridgeAddress(network).isPresent();
            settings.put(name(network, "disable_ipv6"), addressed ? OFF : ON);
            if (addressed) {
                settings.put(name(network, "accept_ra"), OFF);
                settings.put(name(network, "addr_gen_mode"), NO_ADDRESS_OF_THE_KERNEL);
            }
        }
        return settings;
    }

    /** The name of a setting of a network's bridge. */
    public static String name(Network network, String setting) {
        return name(network.bridge().value(), setting);
    }

    /** The name of an IPv6 setting of a link. */
    public static String name(String link, String setting) {
        return "net.ipv6.conf." + link.replace('.', '/') + "." + setting;
    }

    /**
     * Returns the steps that put the settings of a bridge right which is there; none where the kernel has no IPv6.
     *
     * @param read reads a setting; empty where there is none
     */
    static List<Step> mend(Network network, Function<String, Optional<String>> read) {
        return steps(of(network), read);
    }

    /** Returns the steps that set what a bridge needs that was just made: it has what the kernel gives to new links. */
    static List<Step> creation(Network network, Function<String, Optional<String>> read) {
        String own = name(network, "");
        return steps(of(network), name -> read.apply(name.replace(own, name("default", ""))));
    }

    private static List<Step> steps(Map<String, String> wanted, Function<String, Optional<String>> read) {
        return wanted.entrySet().stream()
                .flatMap(setting -> read
                        .apply(setting.getKey())
                        .filter(value -> !value.equals(setting.getValue()))
                        .map(value -> (Step) new Step.WriteSetting(setting.getKey(), setting.getValue(), value))
                        .stream())
                .toList();
    }
}
