/** TODO. */
module dev.bailey.lab {
    requires transitive dev.bailey.linux;
    requires transitive dev.bailey.netlink;
    requires static org.jspecify;

    exports dev.bailey.lab;
}
