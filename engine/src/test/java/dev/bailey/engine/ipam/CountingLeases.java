package dev.bailey.engine.ipam;

import dev.bailey.engine.model.EndpointId;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Subnet;
import java.util.Random;
import java.util.Set;

/** The rules of {@link AddressLeases} by counting, to compare with: one slot an address, walked from the cursor. */
final class CountingLeases {
    private static final EndpointId A = EndpointId.random(new Random(1));
    private static final int FREE = 0;
    private static final int LEASED = 1;
    private static final int SET_APART = 2;

    private final Subnet subnet;
    private final Subnet range;
    private final int[] slots;
    private int cursor;
    private int releasedLast = -1;

    CountingLeases(Subnet subnet, Ipv4Address gateway) {
        this(subnet, subnet, Set.of(gateway));
    }

    CountingLeases(Subnet subnet, Subnet range, Set<Ipv4Address> reserved) {
        this.subnet = subnet;
        this.range = range;
        this.cursor = (int) (range.base().value() - subnet.base().value());
        this.slots = new int[(int) subnet.size()];
        for (int i = 0; i < slots.length; i++) {
            Ipv4Address address = subnet.base().plus(i);
            slots[i] = subnet.isHost(address) && !reserved.contains(address) ? FREE : SET_APART;
        }
    }

    void step(AddressLeases<Ipv4Address> leases, int operation) {
        if (operation < 0) {
            allocate(leases);
        } else if (operation < slots.length) {
            claim(leases, operation);
        } else {
            release(leases, operation - slots.length);
        }
    }

    private void allocate(AddressLeases<Ipv4Address> leases) {
        int expected = -1;
        for (int i = 0; i < slots.length; i++) {
            int candidate = (cursor + i) % slots.length;
            if (slots[candidate] == FREE
                    && range.contains(subnet.base().plus(candidate))
                    && (expected < 0 || expected == releasedLast)) {
                expected = candidate;
            }
        }
        if (expected < 0) {
            assertFails(IpamException.class, () -> leases.allocate(A));
            return;
        }
        Ipv4Address got = leases.allocate(A);
        if (!got.equals(subnet.base().plus(expected))) {
            throw new AssertionError("got " + got + " where " + subnet.base().plus(expected) + " was due");
        }
        cursor = expected + 1;
        take(expected);
    }

    private void claim(AddressLeases<Ipv4Address> leases, int index) {
        Ipv4Address address = subnet.base().plus(index);
        if (slots[index] == FREE) {
            leases.claim(address, A);
            take(index);
        } else {
            assertFails(IpamException.class, () -> leases.claim(address, A));
        }
    }

    private void release(AddressLeases<Ipv4Address> leases, int index) {
        Ipv4Address address = subnet.base().plus(index);
        if (slots[index] == LEASED) {
            leases.release(address, A);
            slots[index] = FREE;
            releasedLast = range.contains(address) ? index : releasedLast;
        } else {
            assertFails(IllegalStateException.class, () -> leases.release(address, A));
        }
    }

    /** Without AssertJ, which describes every success too: this runs some hundred thousand times. */
    private static void assertFails(Class<? extends RuntimeException> kind, Runnable operation) {
        try {
            operation.run();
        } catch (RuntimeException e) {
            if (kind.isInstance(e)) {
                return;
            }
            throw e;
        }
        throw new AssertionError("went through where " + kind.getSimpleName() + " was due");
    }

    private void take(int index) {
        slots[index] = LEASED;
        releasedLast = releasedLast == index ? -1 : releasedLast;
    }
}
