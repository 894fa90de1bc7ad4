package dev.bailey.netlink.nftables;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One match or statement of a rule, as one writes it in nft's syntax; {@link Matches} and {@link Statements} make them
 * and {@link Rule#of(Chain, Clause...)} puts them together.
 */
public final class Clause {
    private final Set<Requirement> requirements;
    private final List<Expression> expressions;

    private Clause(Set<Requirement> requirements, List<Expression> expressions) {
        this.requirements = requirements;
        this.expressions = List.copyOf(expressions);
    }

    /** A clause of these expressions, which needs nothing to be known of the packet. */
    public static Clause of(Expression... expressions) {
        return new Clause(Set.of(), List.of(expressions));
    }

    static Clause of(Requirement requirement, Expression... expressions) {
        return new Clause(Set.of(requirement), List.of(expressions));
    }

    /** A clause that begins with loading the selectors side by side, from the first register on. */
    static Clause of(List<Selector> selectors, Expression... rest) {
        Set<Requirement> requirements = new LinkedHashSet<>();
        List<Expression> expressions = new ArrayList<>();
        Register register = Register.FIRST;
        for (Selector selector : selectors) {
            requirements.add(selector.requirement());
            expressions.add(selector.load(register));
            register = register.after(selector.type().lengthBytes());
        }
        expressions.addAll(List.of(rest));
        return new Clause(requirements, expressions);
    }

    /** The expressions without the tests they need before them. */
    public List<Expression> expressions() {
        return expressions;
    }

    /** The expressions of all clauses, each test that they need put before its first use. */
    static List<Expression> assemble(Family family, List<Clause> clauses) {
        List<Expression> result = new ArrayList<>();
        for (Clause clause : clauses) {
            for (Requirement requirement : clause.requirements) {
                List<Expression> test = requirement.test(family);
                if (Collections.indexOfSubList(result, test) < 0) {
                    result.addAll(test);
                }
            }
            result.addAll(clause.expressions);
        }
        return result;
    }
}
