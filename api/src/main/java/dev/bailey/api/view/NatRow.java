package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;
import org.jspecify.annotations.Nullable;

/**
 * A rule in iptables' notation, the columns of {@code iptables -nvL}.
 *
 * @param packets how many packets it was for; absent where nobody counts
 * @param bytes how many bytes these had; absent where nobody counts
 * @param target what becomes of a packet: {@code MASQUERADE}, {@code DNAT}, a chain, …; empty when nothing is decided
 * @param protocol {@code all}, {@code tcp}, …
 * @param in the link that a packet came in by, {@code *} for any
 * @param out the link that it leaves by, {@code *} for any
 * @param source where it comes from
 * @param destination where it goes
 * @param details what else a packet must be like, and what a target does with it
 */
@Json
public record NatRow(
        @Nullable Long packets,
        @Nullable Long bytes,
        String target,
        String protocol,
        String in,
        String out,
        String source,
        String destination,
        String details) {
    public NatRow {
        target = Absent.orEmpty(target);
        protocol = Absent.orEmpty(protocol);
        in = Absent.orEmpty(in);
        out = Absent.orEmpty(out);
        source = Absent.orEmpty(source);
        destination = Absent.orEmpty(destination);
        details = Absent.orEmpty(details);
    }
}
