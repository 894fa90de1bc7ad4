/** TODO. */
module dev.bailey.examples {
    requires dev.bailey.netlink;
    requires dev.bailey.lab;
    requires static org.jspecify;

    exports dev.bailey.examples;
}
