package dev.bailey.netlink.nftables;

import java.util.List;
import java.util.Optional;

/**
 * A rule: expressions that a packet walks through until one does not match or gives a verdict.
 *
 * <p>A rule read back from the kernel equals the one that was sent, but for its counters: compare
 * {@link #withZeroCounters()}.
 *
 * @param table the table it belongs to
 * @param chain the chain it belongs to
 * @param expressions what it does, in order
 * @param comment a text for people
 */
public record Rule(TableId table, String chain, List<Expression> expressions, Optional<String> comment) {
    /** The most expressions a rule takes ({@code NFT_RULE_MAXEXPRS}, net/netfilter/nf_tables_api.c). */
    public static final int MAX_EXPRESSIONS = 128;

    /** Checks names and sizes, and copies the expressions. */
    public Rule {
        Check.name("chain", chain);
        expressions = List.copyOf(expressions);
        Check.range("expressions of a rule", expressions.size(), 0, MAX_EXPRESSIONS);
        comment.ifPresent(Check::comment);
    }

    /**
     * A rule made of clauses, as one writes it in nft's syntax. What a clause needs to be known of the packet (that it
     * is IPv4, that it is TCP) is tested before it, once.
     *
     * @throws IllegalArgumentException if a clause can never match in a table of that family
     */
    public static Rule of(Chain chain, Clause... clauses) {
        return of(chain.table(), chain.name(), List.of(clauses));
    }

    /** A rule made of clauses; see {@link #of(Chain, Clause...)}. */
    public static Rule of(TableId table, String chain, List<Clause> clauses) {
        return new Rule(table, chain, Clause.assemble(table.family(), clauses), Optional.empty());
    }

    /** The same rule with a comment. */
    public Rule withComment(String text) {
        return new Rule(table, chain, expressions, Optional.of(text));
    }

    /** The same rule with every counter at zero: what two rules have in common that do the same. */
    public Rule withZeroCounters() {
        List<Expression> zeroed = expressions.stream()
                .map(e -> e instanceof Counter ? Counter.ZERO : e)
                .toList();
        return new Rule(table, chain, zeroed, comment);
    }
}
