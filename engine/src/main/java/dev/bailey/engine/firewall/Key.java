package dev.bailey.engine.firewall;

import dev.bailey.engine.model.InterfaceName;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Subnet;
import java.util.Objects;

/** A key of a map's element; {@code toString} gives it in the syntax of nft. */
public sealed interface Key {
    /** The type of all keys of one map. */
    enum Type {
        /** Names of interfaces ({@code ifname}), 16 bytes filled up with zeros. */
        INTERFACE,
        /** Prefixes of IPv4 addresses ({@code ipv4_addr} with the flag {@code interval}), no two of which overlap. */
        SUBNET,
        /** Prefixes of IPv6 addresses ({@code ipv6_addr} with the flag {@code interval}), no two of which overlap. */
        IPV6_SUBNET
    }

    /** The type of the maps that can have this key. */
    Type type();

    /**
     * The name of an interface.
     *
     * @param name the interface; need not exist
     */
    record Interface(InterfaceName name) implements Key {
        /** Checks that nothing is missing. */
        public Interface {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public Type type() {
            return Type.INTERFACE;
        }

        @Override
        public String toString() {
            return "\"" + name + "\"";
        }
    }

    /**
     * All addresses of a subnet.
     *
     * @param subnet the subnet
     */
    record Addresses(Subnet subnet) implements Key {
        /** Checks that nothing is missing. */
        public Addresses {
            Objects.requireNonNull(subnet, "subnet");
        }

        @Override
        public Type type() {
            return Type.SUBNET;
        }

        @Override
        public String toString() {
            return subnet.toString();
        }
    }

    /**
     * All addresses of an IPv6 subnet.
     *
     * @param subnet the subnet
     */
    record Ipv6Addresses(Ipv6Subnet subnet) implements Key {
        /** Checks that nothing is missing. */
        public Ipv6Addresses {
            Objects.requireNonNull(subnet, "subnet");
        }

        @Override
        public Type type() {
            return Type.IPV6_SUBNET;
        }

        @Override
        public String toString() {
            return subnet.toString();
        }
    }
}
