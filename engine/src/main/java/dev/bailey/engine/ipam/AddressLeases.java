package dev.bailey.engine.ipam;

import dev.bailey.engine.ipam.IpamException.Reason;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Subnet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The leases in one subnet: who holds which address. Addresses are given out one after the other and from the start
 * again at the end (next fit), so that a released one rests as long as possible: neighbours and connection tracking may
 * still know it. The one released last is given out only when it is the only one left, or when asked for by name.
 *
 * <p>Network address, broadcast address and gateway are never leased. Every operation costs O(1), amortised.
 *
 * <p>Not thread-safe: it belongs to one writer. After a restart it is rebuilt by claiming the recovered endpoints'
 * addresses and resuming after the last one.
 */
public final class AddressLeases {
    private static final int NONE = -1;

    private final Subnet subnet;
    private final Ipv4Address gateway;
    private final long capacity;
    private final Map<Ipv4Address, EndpointId> holders = new HashMap<>();
    private final AddressBitmap taken;
    private int next;
    private int releasedLast = NONE;

    /**
     * A subnet without leases.
     *
     * @param subnet a prefix from /8 to /32
     * @param gateway the address that no endpoint gets, in the subnet
     */
    public AddressLeases(Subnet subnet, Ipv4Address gateway) {
        if (subnet.prefixLength() < AddressPool.MIN_SIZE) {
            throw new IpamException(
                    Reason.INVALID,
                    subnet + " is too large for a network: its prefix length goes from " + AddressPool.MIN_SIZE
                            + " to 32");
        }
        if (!subnet.isHost(gateway)) {
            throw new IpamException(
                    Reason.INVALID, gateway + " cannot be the gateway of " + subnet + ": " + fitting(subnet));
        }
        this.subnet = subnet;
        this.gateway = gateway;
        this.taken = new AddressBitmap((int) subnet.size());
        if (!subnet.isHost(subnet.base())) {
            taken.add(0);
            taken.add(index(subnet.broadcast()));
        }
        taken.add(index(gateway));
        this.capacity = subnet.lastHost().value() - subnet.firstHost().value();
    }

    /** The subnet whose addresses these are. */
    public Subnet subnet() {
        return subnet;
    }

    /** How many addresses are leased. */
    public long leased() {
        return holders.size();
    }

    /** How many more can be leased. */
    public long free() {
        return capacity - holders.size();
    }

    /** The endpoint that holds the address. */
    public Optional<EndpointId> holder(Ipv4Address address) {
        return Optional.ofNullable(holders.get(address));
    }

    /**
     * Leases the next free address.
     *
     * @param holder who gets it
     * @throws IpamException EXHAUSTED when none is free
     */
    public Ipv4Address allocate(EndpointId holder) {
        int found = nextFree(next);
        if (found == NONE) {
            throw new IpamException(
                    Reason.EXHAUSTED, "no free address in " + subnet + ": all " + capacity + " are leased");
        }
        if (found == releasedLast) {
            found = nextFree(found + 1);
        }
        next = found + 1;
        return lease(found, holder);
    }

    /**
     * Leases a certain address. What {@link #allocate} gives out next does not change by it.
     *
     * @param address the address
     * @param holder who gets it
     * @throws IpamException INVALID when no endpoint can have it, CONFLICT when another one does
     */
    public void claim(Ipv4Address address, EndpointId holder) {
        if (!subnet.isHost(address)) {
            throw new IpamException(Reason.INVALID, address + " cannot be leased: " + fitting(subnet));
        }
        if (address.equals(gateway)) {
            throw new IpamException(Reason.CONFLICT, address + " cannot be leased: it is the gateway of " + subnet);
        }
        EndpointId other = holders.get(address);
        if (other != null) {
            throw new IpamException(
                    Reason.CONFLICT, address + " is already leased by endpoint " + other.shortForm(), other);
        }
        lease(index(address), holder);
    }

    /**
     * Ends a lease.
     *
     * @param address the leased address
     * @param holder who holds it; for anybody else it is an {@link IllegalStateException}
     */
    public void release(Ipv4Address address, EndpointId holder) {
        if (!holder.equals(holders.get(address))) {
            throw new IllegalStateException("endpoint " + holder.shortForm() + " does not hold " + address);
        }
        holders.remove(address);
        releasedLast = index(address);
        taken.remove(releasedLast);
    }

    /** Makes {@link #allocate} go on with the first free address behind this one, as it did before a restart. */
    public void resumeAfter(Ipv4Address last) {
        if (!subnet.contains(last)) {
            throw new IllegalArgumentException(last + " is not in " + subnet);
        }
        next = index(last) + 1;
    }

    private Ipv4Address lease(int index, EndpointId holder) {
        Ipv4Address address = subnet.base().plus(index);
        holders.put(address, Objects.requireNonNull(holder, "holder"));
        taken.add(index);
        if (index == releasedLast) {
            releasedLast = NONE;
        }
        return address;
    }

    private int nextFree(int from) {
        int found = taken.nextAbsent(from);
        return found == NONE ? taken.nextAbsent(0) : found;
    }

    private int index(Ipv4Address address) {
        return address.bits() - subnet.base().bits();
    }

    private static String fitting(Subnet subnet) {
        return "the hosts of " + subnet + " go from " + subnet.firstHost() + " to " + subnet.lastHost();
    }
}
