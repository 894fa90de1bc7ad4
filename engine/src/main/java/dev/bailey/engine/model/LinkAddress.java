package dev.bailey.engine.model;

/** An address of either family together with the length of its subnet's prefix, as a link holds it. */
public sealed interface LinkAddress permits InterfaceAddress, Ipv6InterfaceAddress {
    /** The address. */
    IpAddress address();

    /** The number of leading bits that its subnet shares. */
    int prefixLength();

    /** The subnet that it lies in. */
    default IpSubnet ipSubnet() {
        return switch (this) {
            case InterfaceAddress ipv4 -> ipv4.subnet();
            case Ipv6InterfaceAddress ipv6 -> ipv6.subnet();
        };
    }
}
