/** Netlink from Java: links, addresses, routes and packet rules as typed values, without any other program. */
module dev.bailey.netlink {
    requires transitive dev.bailey.linux;
    requires static org.jspecify;

    exports dev.bailey.netlink;
    exports dev.bailey.netlink.conntrack;
    exports dev.bailey.netlink.nftables;
    exports dev.bailey.netlink.route;
}
