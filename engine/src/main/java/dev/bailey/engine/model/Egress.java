package dev.bailey.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How packets of an endpoint leave the host, where that is not as its network says.
 *
 * @param way which way they take
 * @param sourceAddress the address of the host's that IPv4 packets leave with
 * @param ipv6SourceAddress the address of the host's that IPv6 packets leave with
 * @param allowed where to they may go, of both families, apart from the endpoint's own subnets and the host; empty for anywhere
 */
public record Egress(
        Optional<EgressWay> way,
        Optional<Ipv4Address> sourceAddress,
        Optional<Ipv6Address> ipv6SourceAddress,
        List<EgressTarget> allowed) {
    /** As the network says. */
    public static final Egress NONE = new Egress(Optional.empty(), Optional.empty(), List.of());

    private static final String SOURCE = "ip=";
    private static final String ALLOW = "allow=";
    private static final int MAX_ALLOWED = 1024;

    /** Checks the addresses and takes each target once. */
    public Egress {
        Objects.requireNonNull(way, "way");
        sourceAddress.ifPresent(NetworkOptions::checkSourceAddress);
        ipv6SourceAddress.ifPresent(NetworkIpv6::checkSourceAddress);
        allowed = allowed.stream().distinct().toList();
        if (allowed.size() > MAX_ALLOWED) {
            throw new IllegalArgumentException("an allow list of " + allowed.size() + " is too long: it has at most "
                    + MAX_ALLOWED + " targets, name subnets");
        }
    }

    /** One without an IPv6 address to leave with. */
    public Egress(Optional<EgressWay> way, Optional<Ipv4Address> sourceAddress, List<EgressTarget> allowed) {
        this(way, sourceAddress, Optional.empty(), allowed);
    }

    /**
     * Reads words like {@code uplink=eth1}, {@code table=100}, {@code ip=192.0.2.7}, {@code ip=2001:db8::7} and {@code
     * allow=10.0.0.0/8}, in any order; an address may be there once for each family, and only the last more often.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static Egress parse(List<String> words) {
        Optional<EgressWay> way = Optional.empty();
        Optional<Ipv4Address> ipv4 = Optional.empty();
        Optional<Ipv6Address> ipv6 = Optional.empty();
        List<EgressTarget> allowed = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith(ALLOW)) {
                allowed.add(EgressTarget.parse(word.substring(ALLOW.length())));
            } else if (word.startsWith(SOURCE)) {
                switch (IpAddress.parse(word.substring(SOURCE.length()))) {
                    case Ipv4Address address -> ipv4 = Optional.of(only(ipv4, address, "with one IPv4 address"));
                    case Ipv6Address address -> ipv6 = Optional.of(only(ipv6, address, "with one IPv6 address"));
                }
            } else {
                way = Optional.of(only(way, EgressWay.parse(word), "by one uplink or one table"));
            }
        }
        return new Egress(way, ipv4, ipv6, allowed);
    }

    private static <T> T only(Optional<T> known, T given, String how) {
        if (known.isPresent()) {
            throw new IllegalArgumentException("packets leave " + how + ": leave the other out");
        }
        return given;
    }

    /** The words that {@link #parse} reads. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        way.ifPresent(each -> words.add(each.toString()));
        sourceAddress.ifPresent(address -> words.add(SOURCE + address));
        ipv6SourceAddress.ifPresent(address -> words.add(SOURCE + address));
        allowed.forEach(target -> words.add(ALLOW + target));
        return words;
    }

    /** The address of the host's that packets of one family leave with. */
    public Optional<IpAddress> source(IpFamily family) {
        return switch (family) {
            case IPV4 -> sourceAddress.map(address -> address);
            case IPV6 -> ipv6SourceAddress.map(address -> address);
        };
    }

    /** Whether packets of one family leave as the network says. */
    public boolean isNone(IpFamily family) {
        return way.isEmpty() && allowed.isEmpty() && source(family).isEmpty();
    }

    /** Whether nothing is other than the network says. */
    public boolean isNone() {
        return equals(NONE);
    }
}
