/** The engine: networks, endpoints, addresses and packet rules from model to kernel; it knows no JSON and no HTTP. */
module dev.bailey.engine {
    requires transitive dev.bailey.linux;
    requires dev.bailey.netlink;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.bailey.engine;
    exports dev.bailey.engine.dns;
    exports dev.bailey.engine.dns.server;
    exports dev.bailey.engine.firewall;
    exports dev.bailey.engine.firewall.iptables;
    exports dev.bailey.engine.ipam;
    exports dev.bailey.engine.model;
    exports dev.bailey.engine.store;
    exports dev.bailey.engine.kernel;
    exports dev.bailey.engine.view;
}
