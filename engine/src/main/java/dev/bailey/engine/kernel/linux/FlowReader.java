package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.linux.listing.Protocols;
import dev.bailey.engine.view.ObservedFlow;
import dev.bailey.netlink.AddressText;
import dev.bailey.netlink.conntrack.ConnectionStatus;
import dev.bailey.netlink.conntrack.ConnectionTuple;
import dev.bailey.netlink.conntrack.ConntrackConnection;
import dev.bailey.netlink.conntrack.ConntrackFilter;
import dev.bailey.netlink.conntrack.TrackedConnection;
import dev.bailey.netlink.conntrack.TrafficCounter;
import dev.bailey.netlink.conntrack.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the connections that the kernel tracks. */
final class FlowReader {
    private FlowReader() {}

    /** Those with one of these addresses at an end; O(connections). */
    static List<ObservedFlow> flows(Set<String> addresses) throws IOException {
        Set<InetAddress> wanted = addresses.stream().map(InetAddress::ofLiteral).collect(Collectors.toSet());
        try (ConntrackConnection conntrack = ConntrackConnection.open()) {
            return conntrack.connections(ConntrackFilter.ALL).stream()
                    .filter(tracked -> wanted.contains(tracked.original().source())
                            || wanted.contains(tracked.reply().source()))
                    .map(FlowReader::flow)
                    .toList();
        }
    }

    private static ObservedFlow flow(TrackedConnection tracked) {
        ConnectionTuple original = tracked.original();
        ConnectionTuple reply = tracked.reply();
        return new ObservedFlow(
                Protocols.name(original.transport().protocol()),
                state(tracked),
                from(original),
                to(original),
                to(reply),
                from(reply),
                tracked.timeout().toSeconds(),
                bytes(tracked.originalTraffic()),
                bytes(tracked.replyTraffic()));
    }

    private static String state(TrackedConnection tracked) {
        String unanswered = tracked.status().contains(ConnectionStatus.SEEN_REPLY) ? "" : "UNREPLIED";
        return tracked.tcpState().map(Enum::name).orElse(unanswered);
    }

    private static ObservedFlow.End from(ConnectionTuple tuple) {
        OptionalInt port = switch (tuple.transport()) {
            case Transport.Ports ports -> OptionalInt.of(ports.source());
            case Transport.Icmp _, Transport.Other _ -> OptionalInt.empty();
        };
        return new ObservedFlow.End(AddressText.of(tuple.source()), port);
    }

    private static ObservedFlow.End to(ConnectionTuple tuple) {
        OptionalInt port = switch (tuple.transport()) {
            case Transport.Ports ports -> OptionalInt.of(ports.destination());
            case Transport.Icmp _, Transport.Other _ -> OptionalInt.empty();
        };
        return new ObservedFlow.End(AddressText.of(tuple.destination()), port);
    }

    private static OptionalLong bytes(Optional<TrafficCounter> counter) {
        return counter.map(counted -> OptionalLong.of(counted.bytes())).orElse(OptionalLong.empty());
    }
}
