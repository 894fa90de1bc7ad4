package dev.bailey.netlink.route;

import dev.bailey.linux.Errno;
import dev.bailey.linux.NetlinkSocket;
import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.NetlinkConnection;
import dev.bailey.netlink.NetlinkConnection.Request;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.NetlinkMessage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The links, addresses, routes, rules and neighbours of one network namespace: that of the thread that opened it.
 *
 * <p>One thread at a time, and a platform thread, as {@link NetlinkConnection} says. Every refusal is a {@link
 * NetlinkException} with the kernel's own words.
 */
public final class RouteConnection implements AutoCloseable {
    private final NetlinkConnection connection;

    private RouteConnection(NetlinkConnection connection) {
        this.connection = connection;
    }

    /** Opens a connection in the network namespace of the calling thread. */
    public static RouteConnection open() throws IOException {
        return new RouteConnection(NetlinkConnection.open(NetlinkSocket.ROUTE));
    }

    /** Returns the port that the kernel knows this connection by. */
    public int portId() {
        return connection.portId();
    }

    /** Carries out one request. */
    public void request(Request request) throws IOException {
        connection.request(request.operation(), request.object(), request.message());
    }

    /**
     * Carries out several requests with one send; the kernel goes on after one that it refuses.
     *
     * @throws NetlinkException of the first that was refused, the others attached as suppressed
     */
    public void requestAll(List<Request> requests) throws IOException {
        connection.requestAll(requests);
    }

    /** Returns the link of that name, or empty when there is none; O(1). */
    public Optional<Link> link(String name) throws IOException {
        AttributeWriter out = Link.header(new AttributeWriter(48), 0, 0, 0).string(Rtnetlink.IFLA_IFNAME, name);
        return link(name, out);
    }

    /** Returns the link with that index, or empty when there is none; O(1). */
    public Optional<Link> link(int index) throws IOException {
        return link("link " + index, Link.header(new AttributeWriter(16), index, 0, 0));
    }

    private Optional<Link> link(String object, AttributeWriter body) throws IOException {
        try {
            NetlinkMessage request = NetlinkMessage.request(Rtnetlink.RTM_GETLINK, 0, body.toByteArray());
            return connection.request("look up", object, request).stream()
                    .findFirst()
                    .map(Link::decode);
        } catch (NetlinkException refusal) {
            if (refusal.errno().equals(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /** Returns all links; O(their number). */
    public List<Link> links() throws IOException {
        byte[] body = Link.header(new AttributeWriter(16), 0, 0, 0).toByteArray();
        return dump("links", Rtnetlink.RTM_GETLINK, body).stream()
                .map(Link::decode)
                .toList();
    }

    /** Returns all links with their counters and what a bridge knows of its ports; O(their number). */
    public List<LinkReport> linkReports() throws IOException {
        byte[] body = Link.header(new AttributeWriter(16), 0, 0, 0).toByteArray();
        return dump("links", Rtnetlink.RTM_GETLINK, body).stream()
                .map(LinkReport::decode)
                .toList();
    }

    /** Returns all addresses of both families; O(their number). */
    public List<Address> addresses() throws IOException {
        byte[] body = Address.header(Rtnetlink.AF_UNSPEC, 0, 0, 0).toByteArray();
        return dump("addresses", Rtnetlink.RTM_GETADDR, body).stream()
                .filter(Rtnetlink::isInternet)
                .map(Address::decode)
                .toList();
    }

    /** Returns all IPv4 addresses; O(their number), however many IPv6 ones there are. */
    public List<Address> ipv4Addresses() throws IOException {
        return addresses("IPv4 addresses", Rtnetlink.AF_INET);
    }

    /** Returns all IPv6 addresses; O(their number), however many IPv4 ones there are. */
    public List<Address> ipv6Addresses() throws IOException {
        return addresses("IPv6 addresses", Rtnetlink.AF_INET6);
    }

    private List<Address> addresses(String object, int family) throws IOException {
        byte[] body = Address.header(family, 0, 0, 0).toByteArray();
        return dump(object, Rtnetlink.RTM_GETADDR, body).stream()
                .map(Address::decode)
                .toList();
    }

    /**
     * Returns the unicast IPv4 routes of the main table that leave through a link; the kernel picks them (Linux 4.20), so it
     * costs little to have but few of them.
     */
    public List<Route> ipv4RoutesThrough(int link) throws IOException {
        return dump("routes through link " + link, Rtnetlink.RTM_GETROUTE, Route.questionThrough(link)).stream()
                .flatMap(message -> RouteDecoder.decode(message).stream())
                .filter(route -> route.link() == link && route.table() == Route.MAIN_TABLE)
                .toList();
    }

    /** Returns the unicast IPv4 routes of the main table; the kernel picks them (Linux 4.20). O(their number). */
    public List<Route> ipv4Routes() throws IOException {
        return routes("IPv4 routes", Rtnetlink.AF_INET);
    }

    /**
     * Returns the unicast IPv4 routes of a table; none where there is no such table. The kernel picks them (Linux 4.20).
     * O(their number).
     */
    public List<Route> ipv4Routes(int table) throws IOException {
        return routes(Rtnetlink.AF_INET, table);
    }

    /** Returns the unicast IPv6 routes of a table, as {@link #ipv4Routes(int)} does. */
    public List<Route> ipv6Routes(int table) throws IOException {
        return routes(Rtnetlink.AF_INET6, table);
    }

    private List<Route> routes(int family, int table) throws IOException {
        try {
            byte[] question = Route.questionOf(family, table);
            return dump("routes of table " + table, Rtnetlink.RTM_GETROUTE, question).stream()
                    .flatMap(message -> RouteDecoder.decode(message).stream())
                    .filter(route -> route.table() == table)
                    .toList();
        } catch (NetlinkException refusal) {
            if (refusal.errno().equals(Errno.ENOENT)) {
                return List.of();
            }
            throw refusal;
        }
    }

    /** Returns the unicast IPv6 routes of the main table; the kernel picks them (Linux 4.20). O(their number). */
    public List<Route> ipv6Routes() throws IOException {
        return routes("IPv6 routes", Rtnetlink.AF_INET6);
    }

    private List<Route> routes(String object, int family) throws IOException {
        return dump(object, Rtnetlink.RTM_GETROUTE, Route.question(family).toByteArray()).stream()
                .flatMap(message -> RouteDecoder.decode(message).stream())
                .filter(route -> route.table() == Route.MAIN_TABLE)
                .toList();
    }

    /** Returns the unicast routes of both families and all tables, one for each of several next hops; O(their number). */
    public List<Route> routes() throws IOException {
        return dump("routes", Rtnetlink.RTM_GETROUTE, new byte[Route.HEADER_BYTES]).stream()
                .flatMap(message -> RouteDecoder.decode(message).stream())
                .toList();
    }

    /** Returns the rules of both families that name a table; O(their number). */
    public List<Rule> rules() throws IOException {
        return dump("rules", Rtnetlink.RTM_GETRULE, new byte[Rule.HEADER_BYTES]).stream()
                .filter(Rule::isLookup)
                .map(Rule::decode)
                .toList();
    }

    /** Returns the neighbours that have an address; O(their number). */
    public List<Neighbour> neighbours() throws IOException {
        return dump("neighbours", Rtnetlink.RTM_GETNEIGH, new byte[Neighbour.HEADER_BYTES]).stream()
                .filter(Rtnetlink::isInternet)
                .flatMap(message -> Neighbour.decode(message).stream())
                .toList();
    }

    /** Returns the limits of what leaves by links, of the kind that {@link RouteRequests#limit} sets; O(queues). */
    public List<TokenBucket.Rate> limits() throws IOException {
        byte[] body = TokenBucket.header(0, 0, 0).toByteArray();
        return dump("queues", Rtnetlink.RTM_GETQDISC, body).stream()
                .flatMap(message -> TokenBucket.decode(message).stream())
                .toList();
    }

    private List<NetlinkMessage> dump(String object, int type, byte[] body) throws IOException {
        return connection.dump(object, NetlinkMessage.request(type, 0, body));
    }

    /** Closes the socket; harmless when closed already. */
    @Override
    public void close() {
        connection.close();
    }
}
