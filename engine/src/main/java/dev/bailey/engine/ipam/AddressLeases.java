package dev.bailey.engine.ipam;

import dev.bailey.engine.ipam.IpamException.Reason;
import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.IpAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6Subnet;
import dev.bailey.engine.model.SandboxId;
import dev.bailey.engine.model.Subnet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The leases in one subnet: who holds which address. Addresses are given out one after the other and from the start
 * again at the end (next fit), so that a released one rests as long as possible: neighbours and connection tracking may
 * still know it. The one released last is given out only when it is the only one left, or when asked for by name.
 *
 * <p>What names no host is never leased, nor what is reserved: the bridge's address, the gateway, others by name. Every
 * operation costs O(1), amortised. Of a large IPv6 subnet a million addresses are given out, the others by name alone.
 *
 * <p>Not thread-safe: it belongs to one writer. After a restart it is rebuilt by claiming the recovered endpoints'
 * addresses and resuming after the last one.
 *
 * @param <A> the addresses' type
 */
public final class AddressLeases<A extends IpAddress> {
    /** What the address is that endpoints send to when the way leads out of the subnet. */
    public static final String GATEWAY = "the gateway";

    private static final int NONE = AddressSpace.NONE;

    private final AddressSpace<A> space;
    private final Map<A, String> reserved;
    private final int capacity;
    private final Map<A, EndpointId> holders = new HashMap<>();
    private final Map<A, Keeper> keepers = new HashMap<>();
    /** The numbers of the addresses that cannot be given out. */
    private final AddressBitmap taken;

    private int takenInRange;
    private int next;
    private int releasedLast = NONE;

    private AddressLeases(AddressSpace<A> space, Map<A, String> reserved) {
        this.space = space;
        this.reserved = Map.copyOf(reserved);
        this.taken = new AddressBitmap(space.size());
        Set<A> apart = new HashSet<>(space.apart());
        this.reserved.forEach((address, purpose) -> {
            refuseUnfit(address, purpose);
            apart.add(address);
        });
        List<Integer> numbers =
                apart.stream().map(space::number).filter(n -> n != NONE).toList();
        numbers.forEach(taken::add);
        this.capacity = space.size() - numbers.size();
    }

    /**
     * A subnet without leases.
     *
     * @param subnet a prefix from /8 to /32
     * @param gateway the address that no endpoint gets, in the subnet
     */
    static AddressLeases<Ipv4Address> of(Subnet subnet, Ipv4Address gateway) {
        return of(subnet, subnet, Map.of(gateway, GATEWAY));
    }

    /**
     * A subnet without leases, of which a part is given out unless asked for by name.
     *
     * @param subnet a prefix from /8 to /32
     * @param range the part, in the subnet
     * @param reserved the addresses that no endpoint gets, in the subnet, with what each of them is
     */
    public static AddressLeases<Ipv4Address> of(Subnet subnet, Subnet range, Map<Ipv4Address, String> reserved) {
        if (subnet.prefixLength() < AddressPool.MIN_SIZE) {
            throw new IpamException(
                    Reason.INVALID,
                    subnet + " is too large for a network: its prefix length goes from " + AddressPool.MIN_SIZE
                            + " to 32");
        }
        if (!subnet.contains(range)) {
            throw noPart(range, subnet);
        }
        return new AddressLeases<>(new AddressSpace.OfIpv4(subnet, range), reserved);
    }

    /**
     * An IPv6 subnet without leases, of which a part is given out unless asked for by name.
     *
     * @param range the part, in the subnet
     * @param reserved the addresses that no endpoint gets, in the subnet, with what each of them is
     */
    public static AddressLeases<Ipv6Address> of(
            Ipv6Subnet subnet, Ipv6Subnet range, Map<Ipv6Address, String> reserved) {
        if (!subnet.contains(range)) {
            throw noPart(range, subnet);
        }
        return new AddressLeases<>(new AddressSpace.OfIpv6(subnet, range), reserved);
    }

    private static IpamException noPart(Object range, Object subnet) {
        return new IpamException(
                Reason.INVALID, range + " cannot be the range of " + subnet + ": it must be a part of it");
    }

    private void refuseUnfit(A address, String purpose) {
        if (!space.isUnicast(address)) {
            throw new IpamException(
                    Reason.INVALID,
                    address + " cannot be " + purpose + " of " + space.subnet() + ": " + space.fitting());
        }
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
    public Optional<EndpointId> holder(A address) {
        return Optional.ofNullable(holders.get(address));
    }

    /**
     * Leases the next free address.
     *
     * @param holder who gets it
     * @throws IpamException EXHAUSTED when none is free
     */
    public A allocate(EndpointId holder) {
        int found = nextFree(next);
        if (found == NONE) {
            throw new IpamException(
                    Reason.EXHAUSTED,
                    "no free address in " + space.range() + ": all " + capacity
                            + (keepers.isEmpty() ? " are leased" : " are leased or kept"));
        }
        if (found == releasedLast) {
            found = nextFree(found + 1);
        }
        next = found + 1;
        return lease(space.address(found), found, holder);
    }

    /**
     * Leases a certain address. What {@link #allocate} gives out next does not change by it.
     *
     * @param address the address
     * @param holder who gets it
     * @throws IpamException INVALID when no endpoint can have it, CONFLICT when another one does
     */
    public void claim(A address, EndpointId holder) {
        check(address);
        lease(address, space.number(address), holder);
    }

    /**
     * Leases a certain address as {@link #claim(IpAddress, EndpointId)} does, unless it is kept for another sandbox.
     *
     * @param sandbox whose endpoint the holder is
     * @throws IpamException also CONFLICT when it is kept for another one
     */
    public void claim(A address, EndpointId holder, SandboxId sandbox) {
        check(address);
        refuseKept(address, sandbox);
        lease(address, space.number(address), holder);
    }

    private void refuseKept(A address, SandboxId sandbox) {
        Keeper keeper = keepers.get(address);
        if (keeper != null && !keeper.sandbox().equals(sandbox)) {
            throw new IpamException(
                    Reason.CONFLICT, address + " is kept for " + keeper.name() + ", which asked for it");
        }
    }

    private void check(A address) {
        checkUsable(address);
        EndpointId other = holders.get(address);
        if (other != null) {
            throw new IpamException(
                    Reason.CONFLICT, address + " is already leased by endpoint " + other.shortForm(), other);
        }
    }

    private void checkUsable(A address) {
        if (!space.isHost(address)) {
            throw new IpamException(Reason.INVALID, address + " cannot be leased: " + space.fitting());
        }
        String purpose = reserved.get(address);
        if (purpose != null) {
            throw new IpamException(
                    Reason.CONFLICT, address + " cannot be leased: it is " + purpose + " of " + space.subnet());
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
    public void keep(A address, SandboxId sandbox, String name) {
        checkUsable(address);
        refuseKept(address, sandbox);
        keepers.put(address, new Keeper(sandbox, name));
        take(space.number(address));
    }

    /** Keeps an address no longer for a sandbox; nothing where it was not kept for it. A lease of it stays. */
    public void giveUp(A address, SandboxId sandbox) {
        Keeper keeper = keepers.get(address);
        if (keeper != null && keeper.sandbox().equals(sandbox)) {
            keepers.remove(address);
            if (!holders.containsKey(address)) {
                free(space.number(address));
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
    public void release(A address, EndpointId holder) {
        if (!holder.equals(holders.get(address))) {
            throw new IllegalStateException("endpoint " + holder.shortForm() + " does not hold " + address);
        }
        holders.remove(address);
        if (!keepers.containsKey(address)) {
            free(space.number(address));
        }
    }

    private void free(int number) {
        if (number != NONE) {
            takenInRange--;
            releasedLast = number;
            taken.remove(number);
        }
    }

    /** Makes {@link #allocate} go on with the first free address behind this one, if that was given out, as before a restart. */
    public void resumeAfter(A last) {
        int number = space.number(last);
        next = number == NONE ? next : number + 1;
    }

    private A lease(A address, int number, EndpointId holder) {
        holders.put(address, Objects.requireNonNull(holder, "holder"));
        take(number);
        return address;
    }

    private void take(int number) {
        if (number == NONE) {
            return;
        }
        if (!taken.contains(number)) {
            taken.add(number);
            takenInRange++;
        }
        if (number == releasedLast) {
            releasedLast = NONE;
        }
    }

    /** Looks from there to the end, and then from the start. */
    private int nextFree(int from) {
        int found = taken.nextAbsent(from);
        return found == NONE ? taken.nextAbsent(0) : found;
    }
}
