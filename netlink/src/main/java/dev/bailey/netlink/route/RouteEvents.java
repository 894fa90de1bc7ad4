package dev.bailey.netlink.route;

import dev.bailey.linux.NetlinkSocket;
import dev.bailey.netlink.Attributes;
import dev.bailey.netlink.NetlinkMessage;
import dev.bailey.netlink.NetlinkSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;

/**
 * The changes of links, addresses and routes in the namespace of the thread that opened it, as the kernel reports them.
 *
 * <p>One thread takes them; any thread may close, which wakes it.
 */
public final class RouteEvents implements AutoCloseable {
    private static final int NETCONF_HEADER_BYTES = 4;

    private final NetlinkSubscription subscription;
    private final Queue<Event> waiting = new ArrayDeque<>();

    private RouteEvents(NetlinkSubscription subscription) {
        this.subscription = subscription;
    }

    /** A change. */
    public sealed interface Event {}

    /** A link that is new or different. */
    public record LinkChanged(Link link) implements Event {}

    /**
     * A link that the kernel takes away and cannot keep any more: it is down and has no name and no IPv4 settings, while what
     * it consists of may take milliseconds to go. {@link LinkRemoved} follows, unless it only went to another namespace or its
     * MTU became too small for IPv4 (inetdev_destroy of net/ipv4/devinet.c).
     *
     * @param link its index
     */
    public record LinkLeaving(int link) implements Event {}

    /** A link that is gone, as it was. */
    public record LinkRemoved(Link link) implements Event {}

    /** An address that is new or different. */
    public record AddressChanged(Address address) implements Event {}

    /** An address that is gone. */
    public record AddressRemoved(Address address) implements Event {}

    /** A unicast route that is new or different. */
    public record RouteChanged(Route route) implements Event {}

    /** A unicast route that is gone. */
    public record RouteRemoved(Route route) implements Event {}

    /** A rule of policy routing is gone that named a table. */
    public record RuleRemoved(Rule rule) implements Event {}

    /**
     * Forwarding of packets was switched.
     *
     * @param ipv6 whether it is that of IPv6 packets
     * @param link the index of the link whose packets it is about, or {@link #ALL_LINKS}
     * @param on whether it is on now
     */
    public record ForwardingChanged(boolean ipv6, int link, boolean on) implements Event {
        /** All links, and those to come. */
        public static final int ALL_LINKS = -1;
    }

    /** Changes were lost: whoever follows must dump what it follows. */
    public record Overflow() implements Event {}

    /** Follows links alone. */
    public static RouteEvents ofLinks() throws IOException {
        return open(Rtnetlink.RTNLGRP_LINK);
    }

    /** Follows links that go, alone: whatever else happens to links wakes nobody. */
    public static RouteEvents ofRemovedLinks() throws IOException {
        return new RouteEvents(NetlinkSubscription.open(
                NetlinkSocket.ROUTE,
                socket -> socket.receiveOnly(Rtnetlink.RTM_DELLINK, Rtnetlink.RTM_DELNETCONF),
                Rtnetlink.RTNLGRP_LINK,
                Rtnetlink.RTNLGRP_IPV4_NETCONF));
    }

    /**
     * Follows what can break what somebody set up on a host: its links that are down or no port of anything, addresses that it
     * loses, its routes and rules of both families, forwarding of IPv4 and that of IPv6 for all links; not what the socket with
     * that port does, as far as the kernel tells.
     */
    public static RouteEvents ofBreakages(int portId) throws IOException {
        return new RouteEvents(NetlinkSubscription.open(
                NetlinkSocket.ROUTE,
                socket -> socket.receiveFromOthersButWorkingPorts(portId),
                Rtnetlink.RTNLGRP_LINK,
                Rtnetlink.RTNLGRP_IPV4_IFADDR,
                Rtnetlink.RTNLGRP_IPV6_IFADDR,
                Rtnetlink.RTNLGRP_IPV4_ROUTE,
                Rtnetlink.RTNLGRP_IPV6_ROUTE,
                Rtnetlink.RTNLGRP_IPV4_RULE,
                Rtnetlink.RTNLGRP_IPV6_RULE,
                Rtnetlink.RTNLGRP_IPV4_NETCONF,
                Rtnetlink.RTNLGRP_IPV6_NETCONF));
    }

    /** Follows links, addresses and routes of both families, and forwarding of IPv4. */
    public static RouteEvents ofAll() throws IOException {
        return open(
                Rtnetlink.RTNLGRP_LINK,
                Rtnetlink.RTNLGRP_IPV4_IFADDR,
                Rtnetlink.RTNLGRP_IPV6_IFADDR,
                Rtnetlink.RTNLGRP_IPV4_ROUTE,
                Rtnetlink.RTNLGRP_IPV6_ROUTE,
                Rtnetlink.RTNLGRP_IPV4_NETCONF);
    }

    private static RouteEvents open(int... groups) throws IOException {
        return new RouteEvents(NetlinkSubscription.open(NetlinkSocket.ROUTE, groups));
    }

    /**
     * Waits for the next change.
     *
     * @return it, or empty when the time is over
     * @throws java.nio.channels.AsynchronousCloseException when this is closed meanwhile
     */
    public Optional<Event> next(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (waiting.isEmpty()) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Optional<NetlinkSubscription.Event> next = subscription.next(left);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            waiting.addAll(events(next.get()));
        }
        return Optional.of(waiting.remove());
    }

    private static List<? extends Event> events(NetlinkSubscription.Event event) {
        return switch (event) {
            case NetlinkSubscription.Overflow _ -> List.of(new Overflow());
            case NetlinkSubscription.Notification(NetlinkMessage message) -> decode(message);
        };
    }

    /** Reads a notification; nothing comes of one of a kind that nobody here follows. */
    private static List<? extends Event> decode(NetlinkMessage message) {
        return switch (message.type()) {
            case Rtnetlink.RTM_NEWLINK ->
                isOfBridge(message) ? List.of() : List.of(new LinkChanged(Link.decode(message)));
            case Rtnetlink.RTM_DELLINK ->
                isOfBridge(message) ? List.of() : List.of(new LinkRemoved(Link.decode(message)));
            case Rtnetlink.RTM_NEWADDR -> List.of(new AddressChanged(Address.decode(message)));
            case Rtnetlink.RTM_DELADDR -> List.of(new AddressRemoved(Address.decode(message)));
            case Rtnetlink.RTM_NEWROUTE ->
                RouteDecoder.decode(message).stream().map(RouteChanged::new).toList();
            case Rtnetlink.RTM_DELROUTE ->
                RouteDecoder.decode(message).stream().map(RouteRemoved::new).toList();
            case Rtnetlink.RTM_DELRULE ->
                Rule.isLookup(message) ? List.of(new RuleRemoved(Rule.decode(message))) : List.of();
            case Rtnetlink.RTM_NEWNETCONF -> forwarding(message);
            case Rtnetlink.RTM_DELNETCONF -> leaving(message);
            default -> List.of();
        };
    }

    /** {@code struct netconfmsg} of linux/netconf.h: FAMILY u8, and [IFINDEX(1) i32] | [FORWARDING(2) i32] | ... */
    private static List<ForwardingChanged> forwarding(NetlinkMessage message) {
        Attributes attributes = message.attributes(NETCONF_HEADER_BYTES);
        OptionalInt link = attributes.u32(Rtnetlink.NETCONFA_IFINDEX);
        OptionalInt on = attributes.u32(Rtnetlink.NETCONFA_FORWARDING);
        return link.isPresent() && on.isPresent()
                ? List.of(new ForwardingChanged(isIpv6(message), link.getAsInt(), on.getAsInt() != 0))
                : List.of();
    }

    private static List<LinkLeaving> leaving(NetlinkMessage message) {
        OptionalInt link = message.attributes(NETCONF_HEADER_BYTES).u32(Rtnetlink.NETCONFA_IFINDEX);
        return link.isPresent() ? List.of(new LinkLeaving(link.getAsInt())) : List.of();
    }

    private static boolean isIpv6(NetlinkMessage message) {
        return message.payload()[0] == Rtnetlink.AF_INET6;
    }

    /** A bridge tells of its ports by messages of its own family: one that leaves it is no link that is gone. */
    private static boolean isOfBridge(NetlinkMessage message) {
        return message.payload().length > 0 && message.payload()[0] == Rtnetlink.AF_BRIDGE;
    }

    /** Ends it; harmless when ended already. */
    @Override
    public void close() {
        subscription.close();
    }
}
