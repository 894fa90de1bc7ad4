package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.model.Guard;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.MacAddress;
import dev.bailey.netlink.nftables.Batch;
import dev.bailey.netlink.nftables.Chain;
import dev.bailey.netlink.nftables.ChainType;
import dev.bailey.netlink.nftables.Clause;
import dev.bailey.netlink.nftables.Compare;
import dev.bailey.netlink.nftables.CompareOperator;
import dev.bailey.netlink.nftables.Element;
import dev.bailey.netlink.nftables.Family;
import dev.bailey.netlink.nftables.FieldType;
import dev.bailey.netlink.nftables.Hook;
import dev.bailey.netlink.nftables.HookPoint;
import dev.bailey.netlink.nftables.Matches;
import dev.bailey.netlink.nftables.Payload;
import dev.bailey.netlink.nftables.Policy;
import dev.bailey.netlink.nftables.Register;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.Selector;
import dev.bailey.netlink.nftables.SetDefinition;
import dev.bailey.netlink.nftables.SetOrMap;
import dev.bailey.netlink.nftables.Statements;
import dev.bailey.netlink.nftables.Table;
import dev.bailey.netlink.nftables.TableFlag;
import dev.bailey.netlink.nftables.TableId;
import dev.bailey.netlink.nftables.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table that keeps sandboxes from sending as somebody else, in nf_tables' terms; pure.
 *
 * <pre>{@code
 * table bridge bailey {
 *     set host_ends { type ifname }
 *     set senders { type ifname . ether_addr . ipv4_addr }
 *     set senders6 { type ifname . ether_addr . ipv6_addr }
 *     chain prerouting { type filter hook prerouting priority -300
 *         iifname @host_ends goto sent
 *     }
 *     chain sent {
 *         ether type ip iifname . ether saddr . ip saddr @senders accept
 *         ether type arp iifname . ether saddr . arp saddr ip @senders iifname . arp saddr ether . arp saddr ip @senders accept
 *         ether type ip6 iifname . ether saddr . ip6 saddr @senders6 goto sent6
 *         counter drop
 *     }
 *     chain sent6 {
 *         icmpv6 type nd-neighbor-advert iifname . ether saddr . icmpv6 taddr @senders6 accept
 *         icmpv6 type { nd-router-advert, nd-neighbor-advert, nd-redirect } counter drop    # a rule each
 *         accept
 *     }
 *     chain input { type filter hook input priority -300
 *         @ll,0,40 0x0180c20000 iifname @host_ends counter drop
 *     }
 * }
 * }</pre>
 *
 * <p>What a frame costs is a look-up, of one from a host end two or three, whatever else exists. Frames that are neither IP
 * nor ARP do not pass, nor does whatever has a VLAN tag, nor packets of a family that the endpoint has no address of; of neighbour discovery nothing
 * passes from the unspecified address. Behind which headers an ICMPv6 message stands does not matter (ipv6_find_hdr); the
 * kernel takes none in fragments (RFC 6980). Frames to the link-local groups of IEEE 802.1D
 * come by the second hook alone (br_handle_frame of net/bridge/br_input.c).
 */
final class GuardRules {
    static final TableId TABLE = new TableId(Family.BRIDGE, "bailey");

    private static final int FIRST = -300;
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int IPV6 = 0x86dd;
    private static final int ROUTER_ADVERTISEMENT = 134;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;
    private static final int REDIRECT = 137;
    private static final SetDefinition HOST_ENDS = SetDefinition.of(TABLE, "host_ends", FieldType.INTERFACE_NAME);
    private static final SetDefinition SENDERS =
            SetDefinition.of(TABLE, "senders", FieldType.INTERFACE_NAME, FieldType.ETHER, FieldType.IPV4);
    private static final SetDefinition SENDERS6 =
            SetDefinition.of(TABLE, "senders6", FieldType.INTERFACE_NAME, FieldType.ETHER, FieldType.IPV6);
    private static final Chain SENT = Chain.regular(TABLE, "sent");
    private static final Chain SENT6 = Chain.regular(TABLE, "sent6");
    private static final Chain PREROUTING = hook("prerouting", HookPoint.PREROUTING);
    private static final Chain INPUT = hook("input", HookPoint.INPUT);
    /** 01:80:c2:00:00:00 to 01:80:c2:00:00:ff, of which a bridge keeps sixteen to itself. */
    private static final Value LINK_LOCAL_GROUPS = Value.of((byte) 0x01, (byte) 0x80, (byte) 0xc2, (byte) 0, (byte) 0);

    private GuardRules() {}

    private static Chain hook(String name, HookPoint point) {
        return Chain.base(TABLE, name, Hook.of(ChainType.FILTER, point, FIRST, Policy.ACCEPT));
    }

    /** The table as who makes it or takes it over names it. */
    static Table table() {
        return Table.of(TABLE.family(), TABLE.name(), TableFlag.OWNER, TableFlag.PERSIST);
    }

    static List<SetDefinition> sets() {
        return List.of(HOST_ENDS, SENDERS, SENDERS6);
    }

    static List<Chain> chains() {
        return List.of(SENT, SENT6, PREROUTING, INPUT);
    }

    static List<Rule> rules() {
        Clause fromHostEnd = Matches.in(HOST_ENDS, Selector.IIFNAME);
        Clause toLinkLocal = Clause.of(
                new Payload(Payload.Base.LINK, 0, LINK_LOCAL_GROUPS.length(), Register.FIRST),
                new Compare(Register.FIRST, CompareOperator.EQUAL, LINK_LOCAL_GROUPS));
        return List.of(
                Rule.of(PREROUTING, fromHostEnd, Statements.goTo(SENT.name())),
                Rule.of(
                        SENT,
                        type(IPV4),
                        Matches.in(SENDERS, Selector.IIFNAME, Selector.ETHER_SADDR, Selector.IP_SADDR),
                        Statements.accept()),
                Rule.of(
                        SENT,
                        type(ARP),
                        Matches.in(SENDERS, Selector.IIFNAME, Selector.ETHER_SADDR, Selector.ARP_SADDR_IP),
                        Matches.in(SENDERS, Selector.IIFNAME, Selector.ARP_SADDR_ETHER, Selector.ARP_SADDR_IP),
                        Statements.accept()),
                Rule.of(
                        SENT,
                        type(IPV6),
                        Matches.in(SENDERS6, Selector.IIFNAME, Selector.ETHER_SADDR, Selector.IP6_SADDR),
                        Statements.goTo(SENT6.name())),
                drop(SENT, "not from the endpoint's own addresses"),
                Rule.of(
                        SENT6,
                        icmpv6(NEIGHBOUR_ADVERTISEMENT),
                        Matches.in(SENDERS6, Selector.IIFNAME, Selector.ETHER_SADDR, Selector.ICMPV6_TADDR),
                        Statements.accept()),
                drop(SENT6, "another's address", icmpv6(NEIGHBOUR_ADVERTISEMENT)),
                drop(SENT6, "router advertisement", icmpv6(ROUTER_ADVERTISEMENT)),
                drop(SENT6, "redirect", icmpv6(REDIRECT)),
                Rule.of(SENT6, Statements.accept()),
                drop(INPUT, "for bridges alone", toLinkLocal, fromHostEnd));
    }

    private static Rule drop(Chain chain, String comment, Clause... matches) {
        List<Clause> clauses = new ArrayList<>(List.of(matches));
        clauses.add(Statements.counter());
        clauses.add(Statements.drop());
        return Rule.of(TABLE, chain.name(), clauses).withComment(comment);
    }

    private static Clause icmpv6(int type) {
        return Matches.compare(Selector.ICMPV6_TYPE, CompareOperator.EQUAL, Value.u8(type));
    }

    /** What the kernel takes for the protocol is that behind a tag; this is the tag's own type (nft_payload.c). */
    private static Clause type(int etherType) {
        return Matches.compare(Selector.ETHER_TYPE, CompareOperator.EQUAL, Value.be16(etherType));
    }

    /** Writes everything but the elements. */
    static Batch create(Batch batch) {
        batch.add(table());
        sets().forEach(batch::add);
        chains().forEach(batch::add);
        rules().forEach(batch::add);
        return batch;
    }

    static Batch add(Batch batch, Collection<Guard> guards) {
        for (SetDefinition set : sets()) {
            List<Element> elements = elements(set, guards);
            if (!elements.isEmpty()) {
                batch.add(set, elements);
            }
        }
        return batch;
    }

    static Batch remove(Batch batch, Collection<Guard> guards) {
        for (SetDefinition set : sets()) {
            List<Element> elements = elements(set, guards);
            if (!elements.isEmpty()) {
                batch.delete(set, elements);
            }
        }
        return batch;
    }

    /** The elements that a set of the table has for these guards. */
    static List<Element> elements(SetOrMap set, Collection<Guard> guards) {
        return switch (set.name()) {
            case "host_ends" -> hostEnds(guards);
            case "senders" -> senders(guards);
            case "senders6" -> senders6(guards);
            default -> throw new IllegalArgumentException("no set of guards: " + set.name());
        };
    }

    private static List<Element> hostEnds(Collection<Guard> guards) {
        return guards.stream().map(guard -> Element.of(name(guard))).toList();
    }

    private static List<Element> senders(Collection<Guard> guards) {
        return guards.stream()
                .flatMap(guard -> guard.ipv4().stream()
                        .map(address -> Element.of(
                                name(guard), Value.of(guard.mac().toByteArray()), Value.ipv4(address.bits()))))
                .toList();
    }

    private static List<Element> senders6(Collection<Guard> guards) {
        return guards.stream()
                .flatMap(guard -> guard.ipv6().stream()
                        .flatMap(ipv6 -> Stream.of(ipv6, linkLocal(guard.mac())))
                        .map(address -> Element.of(
                                name(guard), Value.of(guard.mac().toByteArray()), Value.of(address.toByteArray()))))
                .toList();
    }

    /** What the kernel makes of a hardware address when a link comes up (RFC 4291, appendix A). */
    private static Ipv6Address linkLocal(MacAddress mac) {
        long upper = mac.bits() >>> 24 ^ 0x02_0000L;
        return new Ipv6Address(0xfe80L << 48, upper << 40 | 0xff_feL << 24 | mac.bits() & 0xff_ffffL);
    }

    private static Value name(Guard guard) {
        return Value.interfaceName(guard.hostEnd().value());
    }
}
