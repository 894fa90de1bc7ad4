/** TODO. */
module dev.bailey.bench {
    requires dev.bailey.netlink;
    requires dev.bailey.lab;
    requires static org.jspecify;

    exports dev.bailey.bench;
}
