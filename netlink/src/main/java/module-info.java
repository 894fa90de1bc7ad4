/** TODO. */
module dev.bailey.netlink {
    requires transitive dev.bailey.linux;
    requires static org.jspecify;

    exports dev.bailey.netlink;
}
