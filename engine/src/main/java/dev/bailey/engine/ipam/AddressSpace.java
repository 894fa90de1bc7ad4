package dev.bailey.engine.ipam;

import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.Subnet;
import java.util.List;

/**
 * The addresses of one subnet as leases see them: those that are given out unless asked for by name have numbers from 0 on.
 *
 * @param <A> the addresses' type
 */
sealed interface AddressSpace<A extends IpAddress> {
    /** Stands for the number of an address that has none. */
    int NONE = -1;

    /** Whether an interface of an endpoint could have the address. */
    boolean isHost(A address);

    /** Whether any link could have the address. */
    boolean isUnicast(A address);

    /** How many addresses have a number. */
    int size();

    /** The number of an address, 0 to {@code size() - 1}, or {@link #NONE}. */
    int number(A address);

    /** The address with this number. */
    A address(int number);

    /** Addresses of the subnet that are nobody's. */
    List<A> apart();

    /** The subnet, as text. */
    String subnet();

    /** The part of it that is given out, as text. */
    String range();

    /** Which addresses endpoints can have, in words. */
    String fitting();

    /** All of one IPv4 subnet; each address of the range has a number. */
    record OfIpv4(Subnet in, Subnet given) implements AddressSpace<Ipv4Address> {
        @Override
        public boolean isHost(Ipv4Address address) {
            return in.isHost(address);
        }

        @Override
        public boolean isUnicast(Ipv4Address address) {
            return in.isUnicast(address);
        }

        @Override
        public int size() {
            return (int) given.size();
        }

        @Override
        public int number(Ipv4Address address) {
            return given.contains(address) ? address.bits() - given.base().bits() : NONE;
        }

        @Override
        public Ipv4Address address(int number) {
            return given.base().plus(number);
        }

        @Override
        public List<Ipv4Address> apart() {
            return in.isHost(in.base()) ? List.of() : List.of(in.base(), in.broadcast());
        }

        @Override
        public String subnet() {
            return in.toString();
        }

        @Override
        public String range() {
            return given.toString();
        }

        @Override
        public String fitting() {
            return "the hosts of " + in + " go from " + in.firstHost() + " to " + in.lastHost();
        }
    }

    /**
     * All of one IPv6 subnet. The first addresses of the range have numbers, a thousand times as many as a bridge has ports;
     * what lies behind them is given out by name alone.
     */
    record OfIpv6(Ipv6Subnet in, Ipv6Subnet given) implements AddressSpace<Ipv6Address> {
        private static final int MAX_BITS = 20;
        private static final int ADDRESS_BITS = 128;

        @Override
        public boolean isHost(Ipv6Address address) {
            return in.isHost(address);
        }

        @Override
        public boolean isUnicast(Ipv6Address address) {
            return in.isHost(address);
        }

        @Override
        public int size() {
            return 1 << Math.min(MAX_BITS, ADDRESS_BITS - given.prefixLength());
        }

        @Override
        public int number(Ipv6Address address) {
            long distance = address.low() - given.base().low();
            boolean near = address.high() == given.base().high() && distance >= 0 && distance < size();
            return near ? (int) distance : NONE;
        }

        @Override
        public Ipv6Address address(int number) {
            return given.base().plus(number);
        }

        @Override
        public List<Ipv6Address> apart() {
            return in.isHost(in.base()) ? List.of() : List.of(in.base());
        }

        @Override
        public String subnet() {
            return in.toString();
        }

        @Override
        public String range() {
            return given.toString();
        }

        @Override
        public String fitting() {
            return "the hosts of " + in + " go from " + in.firstHost() + " to " + in.last();
        }
    }
}
