package dev.bailey.netlink.nftables;

import java.util.Optional;

/**
 * Where and when a base chain sees packets.
 *
 * @param type what the chain is for
 * @param point the point of the packet's way
 * @param priority the order among the base chains of one point, lowest first; of equals the last one registered wins
 *     where only one can decide, as in NAT
 * @param policy what becomes of a packet that no rule decided on
 * @param device the device of an ingress or egress chain
 */
public record Hook(ChainType type, HookPoint point, int priority, Policy policy, Optional<String> device) {
    /** nft's {@code raw}: before connections are tracked. */
    public static final int PRIORITY_RAW = -300;

    /** nft's {@code mangle}. */
    public static final int PRIORITY_MANGLE = -150;

    /** nft's {@code dstnat}. */
    public static final int PRIORITY_DNAT = -100;

    /** nft's {@code filter}. */
    public static final int PRIORITY_FILTER = 0;

    /** nft's {@code security}. */
    public static final int PRIORITY_SECURITY = 50;

    /** nft's {@code srcnat}. */
    public static final int PRIORITY_SNAT = 100;

    /** A hook of a chain that belongs to no device. */
    public static Hook of(ChainType type, HookPoint point, int priority, Policy policy) {
        return new Hook(type, point, priority, policy, Optional.empty());
    }
}
