package dev.bailey.engine.kernel;

import dev.bailey.engine.kernel.HostView.HostLink;
import dev.bailey.engine.kernel.HostView.LinkKind;
import dev.bailey.engine.kernel.SandboxStep.Ipv6End;
import dev.bailey.engine.model.BitRate;
import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.Ipv6InterfaceAddress;
import dev.bailey.engine.model.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A link as {@link FakeKernel} keeps it, a veth with what its other end is like. */
public final class FakeLink {
    public final int index;
    public final LinkKind kind;
    public int master;
    public boolean up;
    public boolean isolated;
    public boolean hairpin;
    /** What it sends in a second at the most, and what its other end does. */
    public Optional<BitRate> limit = Optional.empty();

    public Optional<BitRate> otherLimit = Optional.empty();
    public int mtuBytes;
    public final List<InterfaceAddress> addresses = new ArrayList<>();
    public final List<Ipv6InterfaceAddress> ipv6Addresses = new ArrayList<>();
    public Optional<Peer> peer = Optional.empty();

    FakeLink(int index, LinkKind kind, int mtuBytes) {
        this.index = index;
        this.kind = kind;
        this.mtuBytes = mtuBytes;
    }

    /**
     * The sandbox end of a veth pair.
     *
     * @param namespace the inode of the namespace that it is in
     * @param address empty until it is set to work
     * @param ipv6 empty for nothing of IPv6
     */
    public record Peer(
            long namespace,
            String name,
            MacAddress mac,
            int mtuBytes,
            Optional<InterfaceAddress> address,
            Optional<Ipv4Address> gateway,
            Optional<Ipv6End> ipv6) {
        Peer through(Optional<Ipv4Address> hop) {
            return new Peer(namespace, name, mac, mtuBytes, address, hop, ipv6);
        }

        Peer throughIpv6(Optional<Ipv6Address> hop) {
            return new Peer(
                    namespace, name, mac, mtuBytes, address, gateway, ipv6.map(end -> new Ipv6End(end.address(), hop)));
        }
    }

    boolean isIn(long namespace) {
        return peer.filter(end -> end.namespace() == namespace).isPresent();
    }

    HostLink view(String name) {
        return new HostLink(
                index, name, kind, master, up, mtuBytes, isolated, hairpin, addresses, ipv6Addresses, limit);
    }

    @Override
    public String toString() {
        return kind + " " + index + " master " + master + (up ? " up" : " down") + (isolated ? " isolated" : "")
                + (hairpin ? " hairpin" : "")
                + " mtu "
                + mtuBytes + " " + addresses + " " + ipv6Addresses
                + peer.map(end -> " to " + end).orElse("");
    }
}
