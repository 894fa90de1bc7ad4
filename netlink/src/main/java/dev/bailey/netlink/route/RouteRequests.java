package dev.bailey.netlink.route;

import static dev.bailey.netlink.NetlinkMessage.NLM_F_CREATE;
import static dev.bailey.netlink.NetlinkMessage.NLM_F_EXCL;
import static dev.bailey.netlink.NetlinkMessage.NLM_F_REPLACE;

import dev.bailey.netlink.AddressText;
import dev.bailey.netlink.AttributeWriter;
import dev.bailey.netlink.NetlinkConnection.Request;
import dev.bailey.netlink.NetlinkMessage;
import java.util.Optional;

/**
 * The requests of rtnetlink as values: {@link RouteConnection} sends them one by one, or several at once with {@link
 * RouteConnection#requestAll}. Links are named by index or by name; pure.
 */
public final class RouteRequests {
    private static final int CREATE = NLM_F_CREATE | NLM_F_EXCL;

    private RouteRequests() {}

    /**
     * Creates a bridge, down. Its snooping of multicast group memberships is off: it costs time with every port that comes,
     * and floods where nobody asks anyway. It learns no address from frames to the groups that bridges keep to themselves: no
     * packet filter sees all of those, such as LLDP's.
     *
     * <pre>{@code ifinfomsg | MTU(4) u32 | [ADDRESS(1)] | IFNAME(3) | LINKINFO(18) { KIND(1) "bridge" | DATA(2) {
     * MCAST_SNOOPING(23) u8 | MULTI_BOOLOPT(46) { VALUES u32 | MASK u32 } } }}</pre>
     *
     * @param mtuBytes its MTU in bytes, which stays whatever ports come and go
     */
    public static Request createBridge(String name, int mtuBytes, Optional<HardwareAddress> address) {
        AttributeWriter out = Link.header(new AttributeWriter(128), 0, 0, 0).u32(Rtnetlink.IFLA_MTU, mtuBytes);
        address.ifPresent(mac -> out.bytes(Rtnetlink.IFLA_ADDRESS, mac.bytes()));
        out.string(Rtnetlink.IFLA_IFNAME, name);
        Link.kind(
                out,
                "bridge",
                data -> data.u8(Rtnetlink.IFLA_BR_MCAST_SNOOPING, 0)
                        .u64(Rtnetlink.IFLA_BR_MULTI_BOOLOPT, Rtnetlink.BR_NO_LL_LEARN_SET));
        return request("create bridge", name, Rtnetlink.RTM_NEWLINK, CREATE, out);
    }

    /** Creates a veth pair. */
    public static Request createVeth(VethSpec spec) {
        NetlinkMessage message = NetlinkMessage.request(Rtnetlink.RTM_NEWLINK, CREATE, spec.encode());
        return new Request("create veth", spec.name(), message);
    }

    /** Sets a link up or down. */
    public static Request setUp(int index, boolean up) {
        int flags = up ? Rtnetlink.IFF_UP : 0;
        AttributeWriter out = Link.header(new AttributeWriter(16), index, flags, Rtnetlink.IFF_UP);
        return request(up ? "set up" : "set down", object(index), Rtnetlink.RTM_NEWLINK, 0, out);
    }

    /** Sets a link up or down. */
    public static Request setUp(String name, boolean up) {
        int flags = up ? Rtnetlink.IFF_UP : 0;
        AttributeWriter out =
                Link.header(new AttributeWriter(48), 0, flags, Rtnetlink.IFF_UP).string(Rtnetlink.IFLA_IFNAME, name);
        return request(up ? "set up" : "set down", name, Rtnetlink.RTM_NEWLINK, 0, out);
    }

    /** Sets a link's MTU in bytes. */
    public static Request setMtu(int index, int mtuBytes) {
        return set("set MTU " + mtuBytes + " of", object(index), link(index).u32(Rtnetlink.IFLA_MTU, mtuBytes));
    }

    /** Sets a link's MTU in bytes. */
    public static Request setMtu(String name, int mtuBytes) {
        return set("set MTU " + mtuBytes + " of", name, link(name).u32(Rtnetlink.IFLA_MTU, mtuBytes));
    }

    /** Makes a link a port of the bridge with that index; 0 frees it. */
    public static Request setMaster(int index, int bridge) {
        return set("set master of", object(index), link(index).u32(Rtnetlink.IFLA_MASTER, bridge));
    }

    /** Makes a link a port of the bridge with that index; 0 frees it. */
    public static Request setMaster(String name, int bridge) {
        return set("set master of", name, link(name).u32(Rtnetlink.IFLA_MASTER, bridge));
    }

    /** Keeps a port of a bridge from the bridge's other isolated ports, or lets it reach them. */
    public static Request setIsolated(int index, boolean isolated) {
        return setIsolated(object(index), link(index), isolated);
    }

    /** Keeps a port of a bridge from the bridge's other isolated ports, or lets it reach them. */
    public static Request setIsolated(String name, boolean isolated) {
        return setIsolated(name, link(name), isolated);
    }

    /** Lets a bridge send a frame back through the port that it came by (hairpin mode), or ends that. */
    public static Request setHairpin(int index, boolean on) {
        return setHairpin(object(index), link(index), on);
    }

    /** Lets a bridge send a frame back through the port that it came by (hairpin mode), or ends that. */
    public static Request setHairpin(String name, boolean on) {
        return setHairpin(name, link(name), on);
    }

    private static Request setHairpin(String object, AttributeWriter link, boolean on) {
        AttributeWriter out = Link.bridgePort(link, port -> port.u8(Rtnetlink.IFLA_BRPORT_MODE, on ? 1 : 0));
        return set(on ? "set hairpin mode of port" : "end hairpin mode of port", object, out);
    }

    private static Request setIsolated(String object, AttributeWriter link, boolean isolated) {
        AttributeWriter out = Link.bridgePort(link, port -> port.u8(Rtnetlink.IFLA_BRPORT_ISOLATED, isolated ? 1 : 0));
        return set(isolated ? "isolate port" : "end isolation of port", object, out);
    }

    /** Puts a link into a group. */
    public static Request setGroup(int index, int group) {
        return set("set group " + group + " of", object(index), link(index).u32(Rtnetlink.IFLA_GROUP, group));
    }

    /** Puts a link into a group. */
    public static Request setGroup(String name, int group) {
        return set("set group " + group + " of", name, link(name).u32(Rtnetlink.IFLA_GROUP, group));
    }

    /**
     * Has the kernel make no IPv6 address for a link by itself, when it comes up from then on; refused with EAFNOSUPPORT where
     * the link has no IPv6.
     *
     * <pre>{@code ifinfomsg | AF_SPEC(26) { AF_INET6(10) { ADDR_GEN_MODE(8) u8 1 } }}</pre>
     */
    public static Request generateNoAddress(int index) {
        return generateNoAddress(object(index), link(index));
    }

    /** Has the kernel make no IPv6 address for a link by itself, as {@link #generateNoAddress(int)} does. */
    public static Request generateNoAddress(String name) {
        return generateNoAddress(name, link(name));
    }

    private static Request generateNoAddress(String object, AttributeWriter out) {
        out.nestUnflagged(
                Rtnetlink.IFLA_AF_SPEC,
                families -> families.nestUnflagged(
                        Rtnetlink.AF_INET6,
                        ipv6 -> ipv6.u8(Rtnetlink.IFLA_INET6_ADDR_GEN_MODE, Rtnetlink.IN6_ADDR_GEN_MODE_NONE)));
        return set("generate no address for", object, out);
    }

    /** Gives a link another name; older kernels want it down. */
    public static Request setName(int index, String name) {
        return set("set name " + name + " of", object(index), link(index).string(Rtnetlink.IFLA_IFNAME, name));
    }

    /** Removes a link; the kernel answers some 15 ms after it is gone. */
    public static Request deleteLink(int index) {
        return request("delete", object(index), Rtnetlink.RTM_DELLINK, 0, link(index));
    }

    /** Removes a link; the kernel answers some 15 ms after it is gone. */
    public static Request deleteLink(String name) {
        return request("delete link", name, Rtnetlink.RTM_DELLINK, 0, link(name));
    }

    /** Removes all links of a group, in the time that one takes. */
    public static Request deleteGroup(int group) {
        AttributeWriter out = link(0).u32(Rtnetlink.IFLA_GROUP, group);
        return request("delete links of group", String.valueOf(group), Rtnetlink.RTM_DELLINK, 0, out);
    }

    /** Gives a link an address. */
    public static Request addAddress(Address address) {
        NetlinkMessage message = NetlinkMessage.request(Rtnetlink.RTM_NEWADDR, CREATE, address.encode(false));
        return new Request("add address", address.prefix() + " to link " + address.link(), message);
    }

    /**
     * Gives a link an address that works at once: nobody on the link is asked whether they have it, as is the rule with IPv6
     * (IFA_F_NODAD).
     */
    public static Request addAddressAtOnce(Address address) {
        byte[] body = address.encode(false, Rtnetlink.IFA_F_NODAD);
        return new Request(
                "add address",
                address.prefix() + " to link " + address.link(),
                message(Rtnetlink.RTM_NEWADDR, CREATE, body));
    }

    /** Takes an address off a link. */
    public static Request deleteAddress(Address address) {
        NetlinkMessage message = NetlinkMessage.request(Rtnetlink.RTM_DELADDR, 0, address.encode(true));
        return new Request("delete address", address.prefix() + " of link " + address.link(), message);
    }

    /** Adds a route that is not there. */
    public static Request addRoute(Route route) {
        return new Request("add route", text(route), message(Rtnetlink.RTM_NEWROUTE, CREATE, route.encode(false)));
    }

    /** Adds a route that is not there and looks as if the kernel had made it, as it does with an address. */
    public static Request addKernelRoute(Route route) {
        byte[] body = route.encode(false, Rtnetlink.RTPROT_KERNEL);
        return new Request("add route", text(route), message(Rtnetlink.RTM_NEWROUTE, CREATE, body));
    }

    /** Adds a route, or replaces the one with the same destination, metric and table. */
    public static Request replaceRoute(Route route) {
        int flags = NLM_F_CREATE | NLM_F_REPLACE;
        return new Request("replace route", text(route), message(Rtnetlink.RTM_NEWROUTE, flags, route.encode(false)));
    }

    /**
     * Adds a route, or replaces the one with the same destination, metric and table, on the word of the caller that its
     * gateway is on its link.
     *
     * @param maker who makes it, RTPROT_* of linux/rtnetlink.h
     */
    public static Request replaceRoute(Route route, int maker) {
        int flags = NLM_F_CREATE | NLM_F_REPLACE;
        byte[] body = route.encode(false, maker, route.gateway().isPresent() ? Rtnetlink.RTNH_F_ONLINK : 0);
        return new Request("replace route", text(route), message(Rtnetlink.RTM_NEWROUTE, flags, body));
    }

    /** Removes a route. */
    public static Request deleteRoute(Route route) {
        return new Request("delete route", text(route), message(Rtnetlink.RTM_DELROUTE, 0, route.encode(true)));
    }

    /** Adds a rule. */
    public static Request addRule(Rule rule) {
        return new Request("add rule", rule.toString(), message(Rtnetlink.RTM_NEWRULE, CREATE, rule.encode(false)));
    }

    /** Removes a rule. */
    public static Request deleteRule(Rule rule) {
        return new Request("delete rule", rule.toString(), message(Rtnetlink.RTM_DELRULE, 0, rule.encode(true)));
    }

    /** Adds a neighbour, or replaces what is known of it. */
    public static Request replaceNeighbour(Neighbour neighbour) {
        int flags = NLM_F_CREATE | NLM_F_REPLACE;
        return new Request(
                "replace neighbour",
                AddressText.of(neighbour.address()),
                message(Rtnetlink.RTM_NEWNEIGH, flags, neighbour.encode()));
    }

    /** Forgets a neighbour. */
    public static Request deleteNeighbour(Neighbour neighbour) {
        return new Request(
                "delete neighbour",
                AddressText.of(neighbour.address()),
                message(Rtnetlink.RTM_DELNEIGH, 0, neighbour.encode()));
    }

    /** Limits what leaves by a link, or changes its limit. */
    public static Request limit(TokenBucket bucket) {
        int flags = NLM_F_CREATE | NLM_F_REPLACE;
        return new Request(
                "limit to " + bucket.bytesPerSecond() + " bytes a second",
                object(bucket.link()),
                message(Rtnetlink.RTM_NEWQDISC, flags, bucket.encode()));
    }

    /** Ends the limit of what leaves by a link, which gets a queue of its own again. */
    public static Request endLimit(int link) {
        byte[] body = TokenBucket.root(link).toByteArray();
        return new Request("end the limit of", object(link), message(Rtnetlink.RTM_DELQDISC, 0, body));
    }

    private static AttributeWriter link(int index) {
        return Link.header(new AttributeWriter(48), index, 0, 0);
    }

    private static AttributeWriter link(String name) {
        return link(0).string(Rtnetlink.IFLA_IFNAME, name);
    }

    private static String object(int index) {
        return "link " + index;
    }

    private static Request set(String operation, String object, AttributeWriter out) {
        return request(operation, object, Rtnetlink.RTM_NEWLINK, 0, out);
    }

    private static Request request(String operation, String object, int type, int flags, AttributeWriter out) {
        return new Request(operation, object, message(type, flags, out.toByteArray()));
    }

    private static NetlinkMessage message(int type, int flags, byte[] payload) {
        return NetlinkMessage.request(type, flags, payload);
    }

    private static String text(Route route) {
        String to = route.isDefault() ? "default" : route.destination().toString();
        return to + route.gateway().map(hop -> " via " + AddressText.of(hop)).orElse("");
    }
}
