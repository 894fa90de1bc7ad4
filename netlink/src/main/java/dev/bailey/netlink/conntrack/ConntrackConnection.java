package dev.bailey.netlink.conntrack;

import static dev.bailey.netlink.conntrack.Conntrack.CTA_ID;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_TUPLE_ORIG;
import static dev.bailey.netlink.conntrack.Conntrack.CTA_ZONE;
import static dev.bailey.netlink.conntrack.Conntrack.IPCTNL_MSG_CT_DELETE;
import static dev.bailey.netlink.conntrack.Conntrack.IPCTNL_MSG_CT_GET;
import static dev.bailey.netlink.conntrack.Conntrack.NFNL_SUBSYS_CTNETLINK;

import dev.bailey.linux.Errno;
import dev.bailey.linux.NetlinkSocket;
import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.NetlinkConnection;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.NetlinkMessage;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.function.Consumer;

/**
 * A connection to the kernel's connection tracking, in the network namespace of the thread that opened it.
 *
 * <p>One thread at a time, and a platform thread: calls block in the kernel.
 */
public final class ConntrackConnection implements AutoCloseable {
    private static final int HEADER_BYTES = 4;
    private static final int AF_UNSPEC = 0;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private final NetlinkConnection connection;

    private ConntrackConnection(NetlinkConnection connection) {
        this.connection = connection;
    }

    /** Opens a connection in the network namespace of the calling thread. Needs CAP_NET_ADMIN there. */
    public static ConntrackConnection open() throws IOException {
        return new ConntrackConnection(NetlinkConnection.open(NetlinkSocket.NETFILTER));
    }

    /**
     * The tracked connections that the filter matches. The kernel walks all. Where the filter has an IPv4 address it passes
     * only those that match (Linux 5.8), else all that have the mark and are of the family.
     */
    public List<TrackedConnection> connections(ConntrackFilter filter) throws IOException {
        NetlinkMessage request =
                request(IPCTNL_MSG_CT_GET, 0, family(filter), writer -> ConntrackCodec.encode(writer, filter));
        return connection.dump("tracked connections", request).stream()
                .map(message -> ConntrackCodec.decode(message.attributes(HEADER_BYTES)))
                .filter(filter::matches)
                .toList();
    }

    /**
     * Forgets one connection, in constant time. Its next packet begins a new one, which walks the rules again. Another one
     * that has the same tuples by now is left, unless the kernel happened to give it the same id.
     *
     * @return whether it was still there
     */
    public boolean delete(TrackedConnection tracked) throws IOException {
        return delete(tracked.original(), tracked.zone(), writer -> writer.be32(CTA_ID, tracked.id()));
    }

    /**
     * Forgets the connection with that original direction, in constant time.
     *
     * @param zone the zone it is tracked in, 0 unless a rule says otherwise
     * @return whether it was there
     */
    public boolean delete(ConnectionTuple original, int zone) throws IOException {
        return delete(original, zone, writer -> {});
    }

    private boolean delete(ConnectionTuple original, int zone, Consumer<AttributeWriter> more) throws IOException {
        NetlinkMessage request = request(IPCTNL_MSG_CT_DELETE, 0, family(original.source()), writer -> {
            ConntrackCodec.encode(writer, CTA_TUPLE_ORIG, original);
            writer.be16(CTA_ZONE, zone);
            more.accept(writer);
        });
        try {
            connection.request("delete", "tracked connection " + original, request);
            return true;
        } catch (NetlinkException refusal) {
            if (refusal.errno().equals(Errno.ENOENT)) {
                return false;
            }
            throw refusal;
        }
    }

    /**
     * Forgets every connection that the filter matches. With an IPv4 address in the filter the kernel does it in one walk
     * (Linux 6.11); else, and by older kernels, they are listed and forgotten one by one.
     */
    public void deleteAll(ConntrackFilter filter) throws IOException {
        // Without an address an older kernel would take the request for one to forget everything.
        if (!filter.kernelComparesAddresses() || !deletedByKernel(filter)) {
            for (TrackedConnection tracked : connections(filter)) {
                delete(tracked);
            }
        }
    }

    /** An older kernel takes the filter for a tuple, of which half is missing. */
    private boolean deletedByKernel(ConntrackFilter filter) throws IOException {
        // The version says that the family is meant: before, it was ignored.
        NetlinkMessage request =
                request(IPCTNL_MSG_CT_DELETE, 1, family(filter), writer -> ConntrackCodec.encode(writer, filter));
        try {
            connection.request("delete", "tracked connections", request);
            return true;
        } catch (NetlinkException refusal) {
            if (refusal.errno().equals(Errno.EINVAL) || refusal.errno().equals(Errno.EOPNOTSUPP)) {
                return false;
            }
            throw refusal;
        }
    }

    /** Puts {@code struct nfgenmsg} before the attributes: {@code FAMILY u8 | VERSION u8 | RES_ID be16 = 0}. */
    private static NetlinkMessage request(int type, int version, int family, Consumer<AttributeWriter> attributes) {
        AttributeWriter writer =
                new AttributeWriter().putU8(family).putU8(version).putU16(0);
        attributes.accept(writer);
        return NetlinkMessage.request(NFNL_SUBSYS_CTNETLINK << 8 | type, 0, writer.toByteArray());
    }

    private static int family(ConntrackFilter filter) {
        return filter.anyAddress().map(ConntrackConnection::family).orElse(AF_UNSPEC);
    }

    private static int family(InetAddress address) {
        return address instanceof Inet4Address ? AF_INET : AF_INET6;
    }

    /** Closes the socket. */
    @Override
    public void close() {
        connection.close();
    }
}
