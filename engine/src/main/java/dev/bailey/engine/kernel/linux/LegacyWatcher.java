package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.iptables.IptablesFamily;
import dev.bailey.linux.LegacyTables;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the tables of iptables-legacy while the engine has rules there: the kernel tells nobody of changes to them.
 *
 * <p>A thread of its own, made when it is first needed, looks twice a second and compares all but the counters; some
 * microseconds for a few dozen rules. Any thread in the host's namespace may call.
 */
final class LegacyWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyWatcher.class);
    private static final long POLL_MILLIS = 500;

    /** {@code struct ipt_entry} has 84 bytes of {@code struct ipt_ip} first, {@code struct ip6t_entry} 136 of its own. */
    private static final int IPV4_HEAD_BYTES = 84;

    private static final int IPV6_HEAD_BYTES = 136;
    /** Behind that: NFCACHE u32 | TARGET u16 | NEXT u16 | COMEFROM u32 | PACKETS u64 | BYTES u64, 64-bit ones aligned. */
    private static final int NEXT_OFFSET = 6;

    private static final int COUNTER_OFFSET = 12;
    private static final int COUNTER_BYTES = 16;

    private final Consumer<IptablesFamily> suspects;
    private final Map<IptablesFamily, Long> seen = new EnumMap<>(IptablesFamily.class);
    private @Nullable Thread thread;
    private boolean used;

    /**
     * Nothing is looked at before {@link #watch}.
     *
     * @param suspects is told the families whose tables have changed
     */
    LegacyWatcher(Consumer<IptablesFamily> suspects) {
        this.suspects = suspects;
    }

    /** Takes the tables as they are for what they should be, and from now on tells the listener when they have changed. */
    synchronized void watch(Runnable listener) {
        used = true;
        look();
        if (thread == null) {
            thread = Thread.ofPlatform().name("bailey-legacy").daemon(true).start(() -> run(listener));
        }
    }

    /** Takes note that the engine has no rules there. */
    synchronized void forget() {
        used = false;
    }

    private void run(Runnable listener) {
        try {
            while (true) {
                Thread.sleep(POLL_MILLIS);
                if (haveChanged()) {
                    listener.run();
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("stopped looking at the tables of iptables-legacy");
        }
    }

    private synchronized boolean haveChanged() {
        return used && look();
    }

    private boolean look() {
        boolean changed = false;
        for (IptablesFamily family : IptablesFamily.values()) {
            try {
                Long now = print(family == IptablesFamily.IPV6);
                if (!now.equals(seen.put(family, now))) {
                    suspects.accept(family);
                    changed = true;
                }
            } catch (IOException failure) {
                LOG.warn("cannot look at the tables of {}-legacy: {}", family.program(), failure.getMessage());
            }
        }
        return changed;
    }

    private static long print(boolean ipv6) throws IOException {
        List<String> wanted = List.of("filter", "nat");
        List<String> there = LegacyTables.names(ipv6);
        CRC32C print = new CRC32C();
        if (there.stream().anyMatch(wanted::contains)) {
            try (LegacyTables tables = LegacyTables.open(ipv6)) {
                for (String name : wanted) {
                    if (there.contains(name)) {
                        add(tables.read(name).entries(), ipv6, print);
                    }
                }
            }
        }
        return print.getValue();
    }

    private static void add(byte[] entries, boolean ipv6, CRC32C print) {
        ByteBuffer in = ByteBuffer.wrap(entries).order(ByteOrder.nativeOrder());
        int head = ipv6 ? IPV6_HEAD_BYTES : IPV4_HEAD_BYTES;
        int counters = (head + COUNTER_OFFSET + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
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
    }

    @Override
    public void close() {
        Thread looking;
        synchronized (this) {
            looking = thread;
        }
        if (looking != null) {
            looking.interrupt();
            try {
                looking.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
