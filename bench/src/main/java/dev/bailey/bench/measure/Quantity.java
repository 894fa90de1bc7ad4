package dev.bailey.bench.measure;

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
    /** Starting a process that does nothing: what any peer that is a program pays as well. */
    SPAWN("start of a process", "ms");

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
