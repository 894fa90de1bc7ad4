package dev.bailey.engine.view;

import java.util.OptionalLong;

/**
 * A rule in iptables' notation, the columns of {@code iptables -nvL}.
 *
 * @param packets how many packets it was for; empty where nobody counts
 * @param bytes how many bytes these had; empty where nobody counts
 * @param target what becomes of a packet: {@code MASQUERADE}, {@code DNAT}, {@code RETURN}, a chain; empty when nothing is decided
 * @param protocol {@code all}, {@code tcp}, a number, …; after {@code !} any but that
 * @param in the link that a packet came in by, {@code *} for any
 * @param out the link that it leaves by, {@code *} for any
 * @param source where it comes from: {@code 0.0.0.0/0} or {@code ::/0} for anywhere, {@code anywhere} where both families are meant
 * @param destination where it goes, as the source
 * @param details what else a packet must be like, and what a target does with it
 */
public record NatRule(
        OptionalLong packets,
        OptionalLong bytes,
        String target,
        String protocol,
        String in,
        String out,
        String source,
        String destination,
        String details) {}
