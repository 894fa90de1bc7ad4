package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.netlink.conntrack.ConntrackConnection;
import dev.bailey.netlink.conntrack.ConntrackFilter;
import dev.bailey.netlink.conntrack.TrackedConnection;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The steps on tracked connections, each over a socket that lives as long as the step. For tasks of the writer. */
final class FlowSteps {
    private FlowSteps() {}

    static void forget(RuleStep.ForgetFlows step) throws IOException {
        try (ConntrackConnection conntrack = ConntrackConnection.open()) {
            for (TrackedConnection tracked : conntrack.connections(ConntrackFilter.ALL)) {
                if (isMeant(tracked, step)) {
                    conntrack.delete(tracked);
                }
            }
        }
    }

    /** Answers come to an address of the host's that is not the sender's own. */
    private static boolean isMeant(TrackedConnection tracked, RuleStep.ForgetFlows step) {
        InetAddress awaited = tracked.reply().destination();
        return !awaited.equals(tracked.original().source())
                && ipv4(awaited).filter(step.addresses()::contains).isPresent()
                && ipv4(tracked.original().destination())
                        .filter(to -> step.except().stream().noneMatch(subnet -> subnet.contains(to)))
                        .isPresent();
    }

    private static Optional<Ipv4Address> ipv4(InetAddress address) {
        return address instanceof Inet4Address
                ? Optional.of(
                        new Ipv4Address(ByteBuffer.wrap(address.getAddress()).getInt()))
                : Optional.empty();
    }
}
