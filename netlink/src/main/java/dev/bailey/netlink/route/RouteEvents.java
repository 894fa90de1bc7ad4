package dev.bailey.netlink.route;

import dev.bailey.linux.NetlinkSocket;
import dev.bailey.netlink.NetlinkMessage;
import dev.bailey.netlink.NetlinkSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The changes of links, addresses and routes in the namespace of the thread that opened it, as the kernel reports them.
 *
 * <p>One thread takes them; any thread may close, which wakes it.
 */
public final class RouteEvents implements AutoCloseable {
    private final NetlinkSubscription subscription;

    private RouteEvents(NetlinkSubscription subscription) {
        this.subscription = subscription;
    }

    /** A change. */
    public sealed interface Event {}

    /** A link that is new or different. */
    public record LinkChanged(Link link) implements Event {}

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

    /** Changes were lost: whoever follows must dump what it follows. */
    public record Overflow() implements Event {}

    /** Follows links alone. */
    public static RouteEvents ofLinks() throws IOException {
        return open(Rtnetlink.RTNLGRP_LINK);
    }

    /** Follows links, addresses and routes of both families. */
    public static RouteEvents ofAll() throws IOException {
        return open(
                Rtnetlink.RTNLGRP_LINK,
                Rtnetlink.RTNLGRP_IPV4_IFADDR,
                Rtnetlink.RTNLGRP_IPV6_IFADDR,
                Rtnetlink.RTNLGRP_IPV4_ROUTE,
                Rtnetlink.RTNLGRP_IPV6_ROUTE);
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
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            Optional<NetlinkSubscription.Event> next = subscription.next(left);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            Optional<Event> event = switch (next.get()) {
                case NetlinkSubscription.Overflow _ -> Optional.of(new Overflow());
                case NetlinkSubscription.Notification(NetlinkMessage message) -> decode(message);
            };
            if (event.isPresent()) {
                return event;
            }
        }
    }

    /** Reads a notification; empty for one of a kind that nobody here follows. */
    private static Optional<Event> decode(NetlinkMessage message) {
        return switch (message.type()) {
            case Rtnetlink.RTM_NEWLINK -> Optional.of(new LinkChanged(Link.decode(message)));
            // A bridge reports a port that leaves it by an RTM_DELLINK of family AF_BRIDGE: the link itself stays.
            case Rtnetlink.RTM_DELLINK ->
                message.payload()[0] == Rtnetlink.AF_UNSPEC
                        ? Optional.of(new LinkRemoved(Link.decode(message)))
                        : Optional.empty();
            case Rtnetlink.RTM_NEWADDR -> Optional.of(new AddressChanged(Address.decode(message)));
            case Rtnetlink.RTM_DELADDR -> Optional.of(new AddressRemoved(Address.decode(message)));
            case Rtnetlink.RTM_NEWROUTE -> route(message).map(RouteChanged::new);
            case Rtnetlink.RTM_DELROUTE -> route(message).map(RouteRemoved::new);
            default -> Optional.empty();
        };
    }

    private static Optional<Route> route(NetlinkMessage message) {
        return Route.isUnicast(message) ? Optional.of(Route.decode(message)) : Optional.empty();
    }

    /** Ends it; harmless when ended already. */
    @Override
    public void close() {
        subscription.close();
    }
}
