package dev.bailey.engine.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Who may use a published port.
 *
 * @param subnets the senders that may, in order, no two of which overlap; empty for everybody
 */
public record PortSources(List<Subnet> subnets) {
    /** Everybody. */
    public static final PortSources ANYBODY = new PortSources(List.of());

    private static final String FROM = "from=";
    private static final Subnet EVERYBODY = new Subnet(Ipv4Address.ANY, 0);

    /** Leaves out what lies in another one; all addresses there are are everybody. */
    public PortSources {
        subnets = distinct(subnets);
    }

    /**
     * Reads subnets, each like {@code 203.0.113.0/24}, or a single address.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static PortSources parse(Collection<String> texts) {
        return new PortSources(texts.stream()
                .map(text -> text.contains("/") ? Subnet.parse(text) : new Subnet(Ipv4Address.parse(text), 32))
                .toList());
    }

    /** In the order of subnets the wider one of two that overlap comes first, and just before. */
    private static List<Subnet> distinct(List<Subnet> subnets) {
        List<Subnet> kept = new ArrayList<>();
        for (Subnet subnet : subnets.stream().sorted().toList()) {
            if (kept.isEmpty() || !kept.getLast().contains(subnet)) {
                kept.add(subnet);
            }
        }
        return kept.contains(EVERYBODY) ? List.of() : List.copyOf(kept);
    }

    /** Whether everybody may. */
    public boolean isAnybody() {
        return subnets.isEmpty();
    }

    /** Whether the sender with this address may. */
    public boolean includes(Ipv4Address sender) {
        return isAnybody() || subnets.stream().anyMatch(subnet -> subnet.contains(sender));
    }

    /** As it stands behind a port: {@code ,from=203.0.113.0/24} for each subnet. */
    @Override
    public String toString() {
        return subnets.stream().map(subnet -> "," + FROM + subnet).collect(Collectors.joining());
    }

    /** Reads what {@link #toString} gives, and {@code ,from=} once for several subnets with commas between them. */
    static PortSources ofSuffix(String text) {
        List<String> subnets = new ArrayList<>();
        for (String part : text.substring(1).split(",", -1)) {
            boolean another = !subnets.isEmpty() && part.indexOf('=') < 0;
            if (!another && !part.startsWith(FROM)) {
                throw Text.bad(part, "cannot stand behind a port: write from=203.0.113.0/24 for who may use it");
            }
            subnets.add(another ? part : part.substring(FROM.length()));
        }
        return parse(subnets);
    }
}
