package dev.bailey.engine.kernel.linux;

import dev.bailey.linux.LegacyTables;
import dev.bailey.linux.LinuxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Fingerprints of the tables of iptables-legacy that the engine has rules in, counters apart. O(the rules in these tables)
 * for each look, some microseconds for a few dozen. Any thread in the host's namespace.
 */
final class LegacyPrints implements AutoCloseable {
    /** {@code struct ipt_entry} has 84 bytes of {@code struct ipt_ip} first, {@code struct ip6t_entry} 136 of its own. */
    private static final int IPV4_HEAD_BYTES = 84;

    private static final int IPV6_HEAD_BYTES = 136;
    /** Behind that: NFCACHE u32 | TARGET u16 | NEXT u16 | COMEFROM u32 | PACKETS u64 | BYTES u64, 64-bit ones aligned. */
    private static final int NEXT_OFFSET = 6;

    private static final int COUNTER_OFFSET = 12;
    private static final int COUNTER_BYTES = 16;

    private final Map<String, Long> seen = new HashMap<>();

    /** Takes the tables as they are for what they should be. */
    synchronized void remember() {
        try {
            seen.clear();
            seen.putAll(prints());
        } catch (IOException failure) {
            seen.clear();
        }
    }

    /** Returns whether they are others than at the last look. */
    synchronized boolean haveChanged() throws LinuxException {
        Map<String, Long> now;
        try {
            now = prints();
        } catch (LinuxException refusal) {
            throw refusal;
        } catch (IOException gone) {
            return true;
        }
        boolean changed = !now.equals(seen);
        seen.clear();
        seen.putAll(now);
        return changed;
    }

    private static Map<String, Long> prints() throws IOException {
        Map<String, Long> prints = new HashMap<>();
        add(false, List.of("filter", "nat"), prints);
        add(true, List.of("filter"), prints);
        return prints;
    }

    private static void add(boolean ipv6, List<String> wanted, Map<String, Long> prints) throws IOException {
        List<String> there = LegacyTables.names(ipv6);
        if (there.stream().noneMatch(wanted::contains)) {
            return;
        }
        try (LegacyTables tables = LegacyTables.open(ipv6)) {
            for (String name : wanted) {
                if (there.contains(name)) {
                    prints.put(ipv6 + name, print(tables.read(name).entries(), ipv6));
                }
            }
        }
    }

    private static long print(byte[] entries, boolean ipv6) {
        ByteBuffer in = ByteBuffer.wrap(entries).order(ByteOrder.nativeOrder());
        int head = ipv6 ? IPV6_HEAD_BYTES : IPV4_HEAD_BYTES;
        int counters = (head + COUNTER_OFFSET + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        CRC32C print = new CRC32C();
        for (int at = 0; at + counters + COUNTER_BYTES <= entries.length; ) {
            int next = Short.toUnsignedInt(in.getShort(at + head + NEXT_OFFSET));
            if (next < counters + COUNTER_BYTES || at + next > entries.length) {
                break;
            }
            print.update(entries, at, counters);
            int rest = at + counters + COUNTER_BYTES;
            print.update(entries, rest, at + next - rest);
            at += next;
        }
        return print.getValue();
    }

    @Override
    public synchronized void close() {
        seen.clear();
    }
}
