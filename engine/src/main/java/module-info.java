/** TODO. */
module dev.bailey.engine {
    requires transitive dev.bailey.linux;
    requires dev.bailey.netlink;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.bailey.engine;
}
