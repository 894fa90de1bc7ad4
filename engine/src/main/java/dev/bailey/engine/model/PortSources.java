package dev.bailey.engine.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may use a published port.
 *
 * @param subnets the senders that may, in order, no two of which overlap; empty for everybody
 */
public record PortSources(List<IpSubnet> subnets) {
    /** Everybody. */
    public static final PortSources ANYBODY = new PortSources(List.of());

    private static final String FROM = "from=";

    /** Leaves out what lies in another one; all addresses there are, of both families, are everybody. */
    public PortSources {
        subnets = distinct(subnets);
    }

    /**
     * Reads subnets of either family, each like {@code 203.0.113.0/24}, or a single address.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static PortSources parse(Collection<String> texts) {
        return new PortSources(texts.stream().map(IpSubnet::parse).toList());
    }

    /** In the order of subnets the wider one of two that overlap comes first, and just before. */
    private static List<IpSubnet> distinct(List<? extends IpSubnet> subnets) {
        List<IpSubnet> kept = new ArrayList<>();
        for (IpSubnet subnet : subnets.stream().sorted(IpSubnet.ORDER).toList()) {
            if (kept.isEmpty() || !kept.getLast().includes(subnet)) {
                kept.add(subnet);
            }
        }
        boolean everybody = Stream.of(IpFamily.values()).map(IpFamily::all).allMatch(kept::contains);
        return everybody ? List.of() : List.copyOf(kept);
    }

    /** Whether everybody may. */
    public boolean isAnybody() {
        return subnets.isEmpty();
    }

    /** Whether the sender with this address may. */
    public boolean includes(IpAddress sender) {
        return isAnybody() || subnets.stream().anyMatch(subnet -> subnet.includes(sender));
    }

    /** Who of one family may, everybody where that are all of it; empty where nobody of it may. */
    public Optional<PortSources> within(IpFamily family) {
        if (isAnybody() || subnets.contains(family.all())) {
            return Optional.of(ANYBODY);
        }
        List<IpSubnet> own =
                subnets.stream().filter(subnet -> subnet.family() == family).toList();
        return own.isEmpty() ? Optional.empty() : Optional.of(new PortSources(own));
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
