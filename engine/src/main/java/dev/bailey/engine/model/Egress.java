package dev.bailey.engine.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How IPv4 packets of an endpoint leave the host, where that is not as its network says.
 *
 * @param way which way they take
 * @param sourceAddress the address of the host's that they leave with
 * @param allowed where to they may go, apart from the endpoint's own subnet and the host; empty for anywhere
 */
public record Egress(Optional<EgressWay> way, Optional<Ipv4Address> sourceAddress, List<EgressTarget> allowed) {
    /** As the network says. */
    public static final Egress NONE = new Egress(Optional.empty(), Optional.empty(), List.of());

    private static final String SOURCE = "ip=";
    private static final String ALLOW = "allow=";
    private static final int MAX_ALLOWED = 1024;

    /** Checks the address and takes each target once. */
    public Egress {
        Objects.requireNonNull(way, "way");
        sourceAddress.ifPresent(NetworkOptions::checkSourceAddress);
        allowed = allowed.stream().distinct().toList();
        if (allowed.size() > MAX_ALLOWED) {
            throw new IllegalArgumentException("an allow list of " + allowed.size() + " is too long: it has at most "
                    + MAX_ALLOWED + " targets, name subnets");
        }
    }

    /**
     * Reads words like {@code uplink=eth1}, {@code table=100}, {@code ip=192.0.2.7} and {@code allow=10.0.0.0/8}, in any order;
     * only the last may be there more than once.
     *
     * @throws IllegalArgumentException naming the input and what would be right
     */
    public static Egress parse(List<String> words) {
        Optional<EgressWay> way = Optional.empty();
        Optional<Ipv4Address> source = Optional.empty();
        List<EgressTarget> allowed = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith(ALLOW)) {
                allowed.add(EgressTarget.parse(word.substring(ALLOW.length())));
            } else if (word.startsWith(SOURCE)) {
                refuseSecond(source.isPresent(), "one address");
                source = Optional.of(Ipv4Address.parse(word.substring(SOURCE.length())));
            } else {
                refuseSecond(way.isPresent(), "one uplink or one table");
                way = Optional.of(EgressWay.parse(word));
            }
        }
        return new Egress(way, source, allowed);
    }

    private static void refuseSecond(boolean known, String what) {
        if (known) {
            throw new IllegalArgumentException("packets leave by " + what + ": leave the other out");
        }
    }

    /** The words that {@link #parse} reads. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        way.ifPresent(each -> words.add(each.toString()));
        sourceAddress.ifPresent(address -> words.add(SOURCE + address));
        allowed.forEach(target -> words.add(ALLOW + target));
        return words;
    }

    /** Whether nothing is other than the network says. */
    public boolean isNone() {
        return equals(NONE);
    }
}
