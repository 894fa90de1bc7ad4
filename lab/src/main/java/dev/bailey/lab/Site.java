package dev.bailey.lab;

/**
 * The usual stage of a container network: a host with an uplink to a small internet.
 *
 * <pre>
 *   host                     lan (switch)               internet
 *   eth0 198.51.100.2/24  ────────┬────────  198.51.100.1/24 h0    192.0.2.53 on lo: names, services
 *                              neighbour                           forwards
 *                         eth0 198.51.100.3/24
 *   eth1 203.0.113.2/24   ───────────────────  203.0.113.1/24 h1   (when added)
 * </pre>
 *
 * <p>The host's default route goes through eth0. The internet knows no way back to any other address than these: a packet
 * that leaves the host with a container's own address is never answered. All addresses are reserved for documentation (RFC 5737).
 */
public final class Site {
    /** The host's address on eth0. */
    public static final String HOST = "198.51.100.2";
    /** The internet's address on the host's first uplink: the host's default gateway. */
    public static final String GATEWAY = "198.51.100.1";
    /** The neighbour's address on the host's first uplink. */
    public static final String NEIGHBOUR = "198.51.100.3";
    /** The host's address on eth1. */
    public static final String SECOND_HOST = "203.0.113.2";
    /** The internet's address on the host's second uplink. */
    public static final String SECOND_GATEWAY = "203.0.113.1";
    /** The internet's address for services. */
    public static final String SERVICE = "192.0.2.53";

    private final LabHost host;
    private final LabHost internet;
    private final LabSwitch lan;

    private Site(LabHost host, LabHost internet, LabSwitch lan) {
        this.host = host;
        this.internet = internet;
        this.lan = lan;
    }

    /** Builds the site, with one uplink, in a lab that has no hosts named host, internet or lan. */
    public static Site build(Lab lab) {
        LabHost host = lab.host("host");
        LabHost internet = lab.host("internet").forwarding();
        LabSwitch lan = lab.ethernetSwitch("lan");
        lan.plug(host, "eth0", HOST + "/24").plug(internet, "h0", GATEWAY + "/24");
        host.route("default", GATEWAY);
        internet.address("lo", SERVICE + "/32");
        return new Site(host, internet, lan);
    }

    /** The host, whose network is to be tried. */
    public LabHost host() {
        return host;
    }

    /** All the rest of the world. */
    public LabHost internet() {
        return internet;
    }

    /** The switch between the host's first uplink and the internet. */
    public LabSwitch lan() {
        return lan;
    }

    /** Adds the host's second uplink, eth1, over which it has no route but to its neighbours there. */
    public Site addSecondUplink() {
        host.lab().link(host, "eth1", SECOND_HOST + "/24", internet, "h1", SECOND_GATEWAY + "/24");
        return this;
    }

    /**
     * Adds a machine on the same switch as the host's eth0.
     *
     * @param throughHost the prefix that it tries to reach through the host, such as that of the host's containers
     */
    public LabHost addNeighbour(String throughHost) {
        LabHost neighbour = host.lab().host("neighbour");
        lan.plug(neighbour, "eth0", NEIGHBOUR + "/24");
        return neighbour.route("default", GATEWAY).route(throughHost, HOST);
    }
}
