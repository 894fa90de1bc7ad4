package dev.bailey.bench.measure;

import java.util.List;

/** What is measured, and in which unit. */
public enum Quantity {
    /** One attach, from the request to the answer. */
    ATTACH("attach", "ms"),
    /** One detach, from the request to the answer. */
    DETACH("detach", "ms"),
    /** Attaches followed by their detach, by several clients at once. */
    PAIRS("attach+detach pairs", "1/s"),
    /** From the start of the daemon's process to its first answer. */
    READY("daemon ready", "ms"),
    /** Resident memory of the daemon's processes; with endpoints, after it was measured. */
    RESIDENT("resident", "MB"),
    /** Resident memory of the daemon after a start that recovered the endpoints that were there. */
    RECOVERED("resident after recovery", "MB"),
    /** The command that lists containers, from its start to its end. */
    LIST("ps", "ms"),
    /** The command that shows the rules that translate addresses, from its start to its end. */
    NAT("nat", "ms"),
    /** The command that shows bridges with all their ports, from its start to its end. */
    BRIDGES("bridges", "ms"),
    /** The command that shows which table has which chain, from its start to its end. */
    TABLES("tables", "ms"),
    /** One network made, from the request to the answer, with so many networks there. */
    NETWORK_CREATE("network create", "ms"),
    /** One network removed, from the request to the answer, with so many networks there. */
    NETWORK_REMOVE("network remove", "ms"),
    /** One attach that publishes nothing, with so many ports published. */
    ATTACH_WITHOUT_PORTS("attach without ports", "ms"),
    /** One attach that publishes 32 ports, with so many published already. */
    ATTACH_WITH_PORTS("attach with 32 ports", "ms"),
    /** One attach that publishes a range of 10,000 ports, with so many published already. */
    ATTACH_WITH_RANGE("attach with a range of 10000", "ms"),
    /** One detach that ends the publication of 32 ports. */
    DETACH_WITH_PORTS("detach with 32 ports", "ms"),
    /** Starting a process that does nothing: what any peer that is a program pays as well. */
    SPAWN("start of a process", "ms");

    /** The commands that show what the kernel has, each by the label of its quantity. */
    public static final List<Quantity> LOOKS = List.of(NAT, BRIDGES, TABLES);

    private final String label;
    private final String unit;

    Quantity(String label, String unit) {
        this.label = label;
        this.unit = unit;
    }

    /** Returns what the tables call it. */
    public String label() {
        return label;
    }

    /** Returns the unit of its samples. */
    public String unit() {
        return unit;
    }
}
