package dev.bailey.engine.ipam;

import dev.bailey.engine.ipam.IpamException.Reason;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Subnet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The leases in one subnet: who holds which address. Addresses are given out one after the other and from the start
 * again at the end (next fit), so that a released one rests as long as possible: neighbours and connection tracking may
 * still know it. The one released last is given out only when it is the only one left, or when asked for by name.
 *
 * <p>Network address, broadcast address and what is reserved are never leased: the bridge's, the gateway, others by name. Every operation costs O(1), amortised.
 *
 * <p>Not thread-safe: it belongs to one writer. After a restart it is rebuilt by claiming the recovered endpoints'
 * addresses and resuming after the last one.
 */
public final class AddressLeases {
    /** What the address is that endpoints send to when the way leads out of the subnet. */
    public static final String GATEWAY = "the gateway";

    private static final int NONE = -1;

    private final Subnet subnet;
    private final Subnet range;
    private final Map<Ipv4Address, String> reserved;
    private final long capacity;
    private final Map<Ipv4Address, EndpointId> holders = new HashMap<>();
    private final Map<Ipv4Address, Keeper> keepers = new HashMap<>();
    private final AddressBitmap taken;
    private long takenInRange;
    private int next;
    private int releasedLast = NONE;

    /**
     * A subnet without leases.
     *
     * @param subnet a prefix from /8 to /32
     * @param gateway the address that no endpoint gets, in the subnet
     */
    public AddressLeases(Subnet subnet, Ipv4Address gateway) {
        this(subnet, subnet, Map.of(gateway, GATEWAY));
    }

    /**
     * A subnet without leases, of which a part is given out unless asked for by name.
     *
     * @param subnet a prefix from /8 to /32
     * @param range the part, in the subnet
     * @param reserved the addresses that no endpoint gets, in the subnet, with what each of them is
     */
    public AddressLeases(Subnet subnet, Subnet range, Map<Ipv4Address, String> reserved) {
        if (subnet.prefixLength() < AddressPool.MIN_SIZE) {
            throw new IpamException(
                    Reason.INVALID,
                    subnet + " is too large for a network: its prefix length goes from " + AddressPool.MIN_SIZE
                            + " to 32");
        }
        if (!subnet.contains(range)) {
            throw new IpamException(
                    Reason.INVALID, range + " cannot be the range of " + subnet + ": it must be a part of it");
        }
        this.subnet = subnet;
        this.range = range;
        this.reserved = Map.copyOf(reserved);
        this.taken = new AddressBitmap((int) subnet.size());
        if (!subnet.isHost(subnet.base())) {
            taken.add(0);
            taken.add(index(subnet.broadcast()));
        }
        this.reserved.forEach(this::reserve);
        this.capacity = range.size() - reservedInRange();
        this.next = index(range.base());
    }

    private void reserve(Ipv4Address address, String purpose) {
        if (!subnet.isUnicast(address)) {
            throw new IpamException(
                    Reason.INVALID, address + " cannot be " + purpose + " of " + subnet + ": " + fitting(subnet));
        }
        if (!taken.contains(index(address))) {
            taken.add(index(address));
        }
    }

    /** Before the first lease taken are the ends of the subnet, and what is reserved. */
    private long reservedInRange() {
        Set<Ipv4Address> apart = new HashSet<>(reserved.keySet());
        if (!subnet.isHost(subnet.base())) {
            apart.add(subnet.base());
            apart.add(subnet.broadcast());
        }
        return apart.stream().filter(range::contains).count();
    }

    /** The subnet whose addresses these are. */
    public Subnet subnet() {
        return subnet;
    }

    /** How many addresses are leased. */
    public long leased() {
        return holders.size();
    }

    /** How many more can be leased without asking for one by name. */
    public long free() {
        return capacity - takenInRange;
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
                    Reason.EXHAUSTED,
                    "no free address in " + range + ": all " + capacity
                            + (keepers.isEmpty() ? " are leased" : " are leased or kept"));
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
        check(address);
        lease(index(address), holder);
    }

    /**
     * Leases a certain address as {@link #claim(Ipv4Address, EndpointId)} does, unless it is kept for another sandbox.
     *
     * @param sandbox whose endpoint the holder is
     * @throws IpamException also CONFLICT when it is kept for another one
     */
    public void claim(Ipv4Address address, EndpointId holder, SandboxId sandbox) {
        check(address);
        refuseKept(address, sandbox);
        lease(index(address), holder);
    }

    private void refuseKept(Ipv4Address address, SandboxId sandbox) {
        Keeper keeper = keepers.get(address);
        if (keeper != null && !keeper.sandbox().equals(sandbox)) {
            throw new IpamException(
                    Reason.CONFLICT, address + " is kept for " + keeper.name() + ", which asked for it");
        }
    }

    private void check(Ipv4Address address) {
        checkUsable(address);
        EndpointId other = holders.get(address);
        if (other != null) {
            throw new IpamException(
                    Reason.CONFLICT, address + " is already leased by endpoint " + other.shortForm(), other);
        }
    }

    private void checkUsable(Ipv4Address address) {
        if (!subnet.isHost(address)) {
            throw new IpamException(Reason.INVALID, address + " cannot be leased: " + fitting(subnet));
        }
        String purpose = reserved.get(address);
        if (purpose != null) {
            throw new IpamException(Reason.CONFLICT, address + " cannot be leased: it is " + purpose + " of " + subnet);
        }
    }

    /**
     * Keeps an address for a sandbox, whether it has an endpoint or not: nobody else gets it until it is given up. Whoever
     * holds it at the moment goes on.
     *
     * @param address the address
     * @param sandbox who gets it
     * @param name what the sandbox is known by
     * @throws IpamException INVALID when no endpoint can have it, CONFLICT when it is kept for another sandbox
     */
    public void keep(Ipv4Address address, SandboxId sandbox, String name) {
        checkUsable(address);
        refuseKept(address, sandbox);
        keepers.put(address, new Keeper(sandbox, name));
        take(index(address));
    }

    /** Keeps an address no longer for a sandbox; nothing where it was not kept for it. A lease of it stays. */
    public void giveUp(Ipv4Address address, SandboxId sandbox) {
        Keeper keeper = keepers.get(address);
        if (keeper != null && keeper.sandbox().equals(sandbox)) {
            keepers.remove(address);
            if (!holders.containsKey(address)) {
                free(index(address));
            }
        }
    }

    private record Keeper(SandboxId sandbox, String name) {}

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
        if (!keepers.containsKey(address)) {
            free(index(address));
        }
    }

    private void free(int index) {
        takenInRange -= range.contains(subnet.base().plus(index)) ? 1 : 0;
        releasedLast = index;
        taken.remove(index);
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
        take(index);
        return address;
    }

    private void take(int index) {
        if (!taken.contains(index)) {
            taken.add(index);
            takenInRange += range.contains(subnet.base().plus(index)) ? 1 : 0;
        }
        if (index == releasedLast) {
            releasedLast = NONE;
        }
    }

    /** Looks from there to the end of the range, and then from its start. */
    private int nextFree(int from) {
        int first = index(range.base());
        int last = index(range.broadcast());
        int found = taken.nextAbsent(Math.max(from, first));
        if (found == NONE || found > last) {
            found = taken.nextAbsent(first);
        }
        return found > last ? NONE : found;
    }

    private int index(Ipv4Address address) {
        return address.bits() - subnet.base().bits();
    }

    private static String fitting(Subnet subnet) {
        return "the hosts of " + subnet + " go from " + subnet.firstHost() + " to " + subnet.lastHost();
    }
}
