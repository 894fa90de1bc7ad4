/** Programs that use Bailey's libraries the way a stranger would. */
module dev.bailey.examples {
    requires dev.bailey.netlink;
    requires static org.jspecify;

    exports dev.bailey.examples;
}
