package dev.bailey.engine.firewall.iptables;

/** Which packets the tables of a program see. */
public enum IptablesFamily {
    /** IPv4 packets; {@code iptables}. */
    IPV4("iptables"),
    /** IPv6 packets; {@code ip6tables}. */
    IPV6("ip6tables");

    private final String program;

    IptablesFamily(String program) {
        this.program = program;
    }

    /** The name that the family's programs begin with. */
    public String program() {
        return program;
    }
}
