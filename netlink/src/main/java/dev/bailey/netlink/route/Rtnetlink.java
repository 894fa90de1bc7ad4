package dev.bailey.netlink.route;

import dev.bailey.netlink.NetlinkMessage;

/** Numbers of linux/rtnetlink.h, if_link.h, if_addr.h, neighbour.h, netconf.h, fib_rules.h, pkt_sched.h, veth.h and net/if.h, spelt as there. */
final class Rtnetlink {
    static final int RTM_NEWLINK = 16;
    static final int RTM_DELLINK = 17;
    static final int RTM_GETLINK = 18;
    static final int RTM_NEWADDR = 20;
    static final int RTM_DELADDR = 21;
    static final int RTM_GETADDR = 22;
    static final int RTM_NEWROUTE = 24;
    static final int RTM_DELROUTE = 25;
    static final int RTM_GETROUTE = 26;
    static final int RTM_NEWNEIGH = 28;
    static final int RTM_DELNEIGH = 29;
    static final int RTM_GETNEIGH = 30;
    static final int RTM_NEWRULE = 32;
    static final int RTM_DELRULE = 33;
    static final int RTM_GETRULE = 34;

    static final int RTM_NEWQDISC = 36;
    static final int RTM_DELQDISC = 37;
    static final int RTM_GETQDISC = 38;

    static final int RTM_NEWNETCONF = 80;
    static final int RTM_DELNETCONF = 81;

    static final int RTNLGRP_LINK = 1;
    static final int RTNLGRP_NEIGH = 3;
    static final int RTNLGRP_IPV4_IFADDR = 5;
    static final int RTNLGRP_IPV4_ROUTE = 7;
    static final int RTNLGRP_IPV4_RULE = 8;
    static final int RTNLGRP_IPV6_IFADDR = 9;
    static final int RTNLGRP_IPV6_ROUTE = 11;
    static final int RTNLGRP_IPV6_RULE = 19;
    static final int RTNLGRP_IPV4_NETCONF = 24;
    static final int RTNLGRP_IPV6_NETCONF = 25;

    static final int IFLA_ADDRESS = 1;
    static final int IFLA_IFNAME = 3;
    static final int IFLA_MTU = 4;
    static final int IFLA_LINK = 5;
    static final int IFLA_MASTER = 10;
    static final int IFLA_OPERSTATE = 16;
    static final int IFLA_LINKINFO = 18;
    static final int IFLA_STATS64 = 23;
    static final int IFLA_AF_SPEC = 26;
    static final int IFLA_GROUP = 27;
    static final int IFLA_NET_NS_FD = 28;
    static final int IFLA_NUM_TX_QUEUES = 31;
    static final int IFLA_NUM_RX_QUEUES = 32;
    static final int IFLA_INET6_ADDR_GEN_MODE = 8;
    static final int IN6_ADDR_GEN_MODE_NONE = 1;
    static final int IFLA_INFO_KIND = 1;
    static final int IFLA_INFO_DATA = 2;
    static final int IFLA_INFO_SLAVE_DATA = 5;
    static final int IFLA_BRPORT_STATE = 1;
    static final int IFLA_BR_STP_STATE = 5;
    static final int IFLA_BR_BRIDGE_ID = 11;
    static final int IFLA_BRPORT_MODE = 4;
    static final int IFLA_BRPORT_ISOLATED = 33;
    static final int IFLA_BR_MCAST_SNOOPING = 23;
    static final int IFLA_BR_MULTI_BOOLOPT = 46;
    /** {@code struct br_boolopt_multi} with bit BR_BOOLOPT_NO_LL_LEARN in both its words, so in either byte order. */
    static final long BR_NO_LL_LEARN_SET = 0x1_0000_0001L;

    static final int VETH_INFO_PEER = 1;
    static final int IFF_UP = 1;
    static final int IFF_LOOPBACK = 8;
    static final int IFF_POINTOPOINT = 0x10;
    static final int IFF_NOARP = 0x80;
    static final int IFF_LOWER_UP = 0x10000;

    static final int IFA_ADDRESS = 1;
    static final int IFA_LOCAL = 2;
    static final int IFA_BROADCAST = 4;
    static final int IFA_F_NODAD = 2;

    static final int RTA_DST = 1;
    static final int RTA_OIF = 4;
    static final int RTA_GATEWAY = 5;
    static final int RTA_PRIORITY = 6;
    static final int RTA_PREFSRC = 7;
    static final int RTA_MULTIPATH = 9;
    static final int RTA_TABLE = 15;
    static final int RTA_VIA = 18;
    static final int RT_TABLE_UNSPEC = 0;
    static final int RT_TABLE_MAIN = 254;
    static final int RTNH_F_ONLINK = 4;
    static final int RTPROT_UNSPEC = 0;
    static final int RTPROT_KERNEL = 2;
    static final int RTPROT_BOOT = 3;
    static final int RT_SCOPE_UNIVERSE = 0;
    static final int RT_SCOPE_LINK = 253;
    static final int RT_SCOPE_NOWHERE = 255;
    static final int RTN_UNICAST = 1;

    static final int NDA_DST = 1;
    static final int NDA_LLADDR = 2;
    static final int NUD_PERMANENT = 0x80;

    static final int FRA_DST = 1;
    static final int FRA_SRC = 2;
    static final int FRA_IIFNAME = 3;
    static final int FRA_PRIORITY = 6;
    static final int FRA_FWMARK = 10;
    static final int FRA_SUPPRESS_PREFIXLEN = 14;
    static final int FRA_TABLE = 15;
    static final int FRA_FWMASK = 16;
    static final int FRA_OIFNAME = 17;
    static final int FRA_PROTOCOL = 21;
    static final int FIB_RULE_INVERT = 2;
    static final int FR_ACT_UNSPEC = 0;
    static final int FR_ACT_TO_TBL = 1;

    static final int TCA_KIND = 1;
    static final int TCA_OPTIONS = 2;
    static final int TCA_TBF_PARMS = 1;
    static final int TCA_TBF_RATE64 = 4;
    static final int TCA_TBF_BURST = 6;

    static final int NETCONFA_IFINDEX = 1;
    static final int NETCONFA_FORWARDING = 2;

    static final int AF_UNSPEC = 0;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_BRIDGE = 7;

    private Rtnetlink() {}

    /** Whether the family, which every header here begins with, is IPv4 or IPv6: dumps have those of multicast routing too. */
    static boolean isInternet(NetlinkMessage message) {
        byte[] payload = message.payload();
        return payload.length > 0 && (payload[0] == AF_INET || payload[0] == AF_INET6);
    }
}
