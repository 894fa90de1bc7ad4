package dev.bailey.engine.view;

import java.time.Duration;
import java.util.List;

/**
 * How the engine itself sees what it keeps in order.
 *
 * @param forwarding the value of {@code net.ipv4.ip_forward}
 * @param switchesForwarding whether the engine switches that on
 * @param brokenRules what differs between its rules and the kernel's, each in a few words
 * @param troubles the parts that do not stay whole
 */
public record Health(String forwarding, boolean switchesForwarding, List<String> brokenRules, List<Trouble> troubles) {
    /** Copies the lists. */
    public Health {
        brokenRules = List.copyOf(brokenRules);
        troubles = List.copyOf(troubles);
    }

    /**
     * A part that others break again and again.
     *
     * @param part what it is, for example {@code link bailey0}
     * @param repairs how often it was mended lately
     * @param pause how long it stays broken at the least, from one repair to the next
     */
    public record Trouble(String part, int repairs, Duration pause) {}
}
