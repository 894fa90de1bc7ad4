package dev.bailey.engine.kernel.linux.listing;

import dev.bailey.engine.view.NatRule;
import dev.bailey.netlink.nftables.Counter;
import dev.bailey.netlink.nftables.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A row of a listing that is being put together. */
final class Draft {
    static final String ANY_LINK = "*";
    static final String ANY_PROTOCOL = "all";
    private static final Set<String> FINAL =
            Set.of("ACCEPT", "DROP", "REJECT", "MASQUERADE", "DNAT", "SNAT", "REDIRECT");

    Optional<Family> family;
    String protocol = ANY_PROTOCOL;
    String in = ANY_LINK;
    String out = ANY_LINK;
    String source = "";
    String destination = "";
    String target = "";
    Optional<String> chain = Optional.empty();
    boolean isGoto;
    private Optional<Counter> counter = Optional.empty();
    private int conditions;
    private final List<String> details = new ArrayList<>();

    Draft(Family table) {
        this.family = table == Family.IP || table == Family.IP6 ? Optional.of(table) : Optional.empty();
    }

    Draft copy() {
        Draft copy = new Draft(Family.INET);
        copy.family = family;
        copy.protocol = protocol;
        copy.in = in;
        copy.out = out;
        copy.source = source;
        copy.destination = destination;
        copy.target = target;
        copy.chain = chain;
        copy.isGoto = isGoto;
        copy.counter = counter;
        copy.conditions = conditions;
        copy.details.addAll(details);
        return copy;
    }

    /** Notes that a packet must be like something; what it is stands in a column or in the details. */
    void condition() {
        conditions++;
    }

    void condition(String detail) {
        conditions++;
        detail(detail);
    }

    void detail(String detail) {
        if (!detail.isEmpty()) {
            details.add(detail);
        }
    }

    void count(Counter counted) {
        counter = counter.or(() -> Optional.of(counted));
    }

    void decide(String word) {
        target = word;
    }

    void send(String toChain, boolean forGood) {
        target = toChain;
        chain = Optional.of(toChain);
        isGoto = forGood;
    }

    /** Whether it decides on every packet for good, so that nothing but the decision matters to who jumps to it. */
    boolean decidesAlways() {
        return conditions == 0 && FINAL.contains(target);
    }

    /** A row for what becomes of this row's packets in the chain that it sends them to, which has that one row. */
    Draft through(Draft only) {
        Draft folded = copy();
        folded.target = only.target;
        folded.chain = Optional.empty();
        folded.isGoto = false;
        folded.counter = only.counter.or(() -> counter);
        folded.details.addAll(only.details);
        return folded;
    }

    NatRule row() {
        List<String> texts = new ArrayList<>();
        if (isGoto) {
            texts.add("[goto]");
        }
        texts.addAll(details);
        return new NatRule(
                counter.map(c -> OptionalLong.of(c.packets())).orElse(OptionalLong.empty()),
                counter.map(c -> OptionalLong.of(c.bytes())).orElse(OptionalLong.empty()),
                target,
                protocol,
                in,
                out,
                source.isEmpty() ? anywhere() : source,
                destination.isEmpty() ? anywhere() : destination,
                String.join(" ", texts));
    }

    private String anywhere() {
        return family.map(known -> known == Family.IP ? "0.0.0.0/0" : "::/0").orElse("anywhere");
    }
}
