package dev.bailey.netlink.route;

import dev.bailey.linux.NetworkNamespace;
import dev.bailey.netlink.AttributeWriter;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A veth pair to be created in one message: this end here, the peer born inside a namespace.
 *
 * <p>Moving an end into another namespace afterwards costs some 15 ms; being born there costs nothing. Both ends get one
 * queue each way: the kernel then skips a wait for all processors, and uses no more than one anyway.
 */
public final class VethSpec {
    private final End here;
    private final End peer;
    private int master;
    private boolean up;
    private @Nullable NetworkNamespace peerNamespace;

    private VethSpec(End here, End peer) {
        this.here = here;
        this.peer = peer;
    }

    /**
     * One end of the pair.
     *
     * @param name its name
     * @param index the interface index it is to have; 0 lets the kernel choose. The kernel honours the peer's only where
     *     both are given
     * @param mtuBytes its MTU in bytes; 0 for the kernel's default, 1500
     * @param address its hardware address; empty for a random one
     */
    public record End(String name, int index, int mtuBytes, Optional<HardwareAddress> address) {
        /** Checks that nothing is missing. */
        public End {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(address, "address");
        }

        /** Returns an end that has a name and everything else as the kernel chooses. */
        public static End named(String name) {
            return new End(name, 0, 0, Optional.empty());
        }
    }

    /** Begins with two ends, both in the namespace of the connection. */
    public static VethSpec of(End here, End peer) {
        return new VethSpec(here, peer);
    }

    /** Makes this end a port of the bridge with that index. */
    public VethSpec master(int bridge) {
        master = bridge;
        return this;
    }

    /** Sets this end up; the peer's can only be set up inside its namespace. */
    public VethSpec up() {
        up = true;
        return this;
    }

    /** Has the peer born in a namespace, which must stay open until the request was made. */
    public VethSpec peerIn(NetworkNamespace namespace) {
        peerNamespace = namespace;
        return this;
    }

    /** Returns this end's name. */
    public String name() {
        return here.name();
    }

    /**
     * Writes the body of an RTM_NEWLINK.
     *
     * <pre>{@code ifinfomsg | NUM_TX_QUEUES(31) u32 | NUM_RX_QUEUES(32) u32 | [MTU(4) u32] | [ADDRESS(1)]
     * [MASTER(10) u32] | IFNAME(3) | LINKINFO(18) { KIND(1) "veth" | DATA(2) { PEER(1) {
     *   ifinfomsg | NUM_TX_QUEUES | NUM_RX_QUEUES | [MTU] | [ADDRESS] | [NET_NS_FD(28) u32] | IFNAME } } }}</pre>
     */
    byte[] encode() {
        AttributeWriter out = new AttributeWriter(256);
        int flags = up ? Rtnetlink.IFF_UP : 0;
        end(Link.header(out, here.index(), flags, flags), here);
        if (master != 0) {
            out.u32(Rtnetlink.IFLA_MASTER, master);
        }
        out.string(Rtnetlink.IFLA_IFNAME, here.name());
        Link.kind(out, "veth", data -> data.nestUnflagged(Rtnetlink.VETH_INFO_PEER, this::encodePeer));
        return out.toByteArray();
    }

    private void encodePeer(AttributeWriter out) {
        end(Link.header(out, peer.index(), 0, 0), peer);
        if (peerNamespace != null) {
            out.u32(Rtnetlink.IFLA_NET_NS_FD, peerNamespace.descriptor().number());
        }
        out.string(Rtnetlink.IFLA_IFNAME, peer.name());
    }

    private static void end(AttributeWriter out, End end) {
        out.u32(Rtnetlink.IFLA_NUM_TX_QUEUES, 1).u32(Rtnetlink.IFLA_NUM_RX_QUEUES, 1);
        if (end.mtuBytes() != 0) {
            out.u32(Rtnetlink.IFLA_MTU, end.mtuBytes());
        }
        end.address().ifPresent(address -> out.bytes(Rtnetlink.IFLA_ADDRESS, address.bytes()));
    }
}
