package dev.bailey.engine.kernel;

import dev.bailey.engine.firewall.Change;
import dev.bailey.engine.firewall.FirewallPolicy;
import dev.bailey.engine.firewall.FirewallRules;
import dev.bailey.engine.firewall.PortElement;
import dev.bailey.engine.firewall.PortElements;
import dev.bailey.engine.firewall.RuleSet;
import dev.bailey.engine.firewall.RuleSet.Ownership;
import dev.bailey.engine.firewall.RuleSetDiff;
import dev.bailey.engine.firewall.StrictTables;
import dev.bailey.engine.firewall.iptables.IptablesRules;
import dev.bailey.engine.kernel.KernelException.Reason;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.PublishedPorts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The packet rules of {@link FakeKernel}, with the adapter's way to them: the first commit of a process compares with what
 * is there and replaces a table that differs, later ones send the difference to the one before.
 */
final class FakeRules {
    RuleSet nftables = RuleSet.EMPTY;
    Optional<IptablesRules> iptables = Optional.empty();
    /** What is published, an element each. */
    Set<PortElement> ports = Set.of();
    /** What was sent last; and what the kernel has for all that is known, empty when that is to be found out. */
    private Optional<FirewallPolicy> committed = Optional.empty();

    private Optional<FirewallPolicy> current = Optional.empty();
    private Set<PortElement> committedPorts = Set.of();
    private Optional<IptablesRules> sent = Optional.empty();
    private int changes;

    /** Another process begins. */
    void forget() {
        committed = Optional.empty();
        current = Optional.empty();
        sent = Optional.empty();
    }

    /** What differs from what was sent last. */
    List<String> broken() {
        List<String> broken = new ArrayList<>();
        for (RuleSet.Table table : committed
                .map(policy -> FirewallRules.of(policy).tables().values())
                .orElse(List.of())) {
            RuleSet.Table there = nftables.tables().get(table.id());
            boolean differs = there != null && (!there.equals(table) || !ports.equals(committedPorts));
            if (there == null || table.ownership() == Ownership.ENGINE && differs) {
                broken.add(table.id() + " is not as it was");
            }
        }
        if (!broken.isEmpty()) {
            current = Optional.empty();
        }
        if (sent.isPresent() && !sent.equals(iptables)) {
            broken.add("the rules of iptables are not as they were");
        }
        return broken;
    }

    boolean isEmpty() {
        return nftables.equals(RuleSet.EMPTY) && ports.isEmpty() && iptables.isEmpty();
    }

    int changes() {
        return changes;
    }

    void commit(FirewallPolicy wanted, PublishedPorts published) {
        commit(wanted);
        Set<PortElement> elements = PortElements.of(published.all());
        if (!elements.equals(ports)) {
            changes++;
        }
        ports = elements;
        committedPorts = elements;
    }

    /** As strict as the kernel: what goes must be there, what comes must not. */
    void change(RuleStep.ChangePorts step) {
        Set<PortElement> removed = PortElements.only(step.removed(), step.after());
        Set<PortElement> added = PortElements.only(step.added(), step.before());
        Set<PortElement> left = new HashSet<>(ports);
        boolean there = committed.isPresent() && left.containsAll(removed);
        left.removeAll(removed);
        if (!there || !Collections.disjoint(left, added)) {
            throw new KernelException(Reason.OTHER, "ports refused: " + removed + " to " + added, null);
        }
        left.addAll(added);
        ports = left;
        committedPorts = left;
        changes++;
    }

    private void commit(FirewallPolicy policy) {
        RuleSet wanted = FirewallRules.of(policy);
        RuleSet kept = keptOf(wanted);
        RuleSet reached = current.map(before -> send(FirewallRules.of(before), FirewallRules.changes(before, policy)))
                .orElseGet(() -> send(kept, RuleSetDiff.between(kept, wanted)));
        if (current.isPresent() && !reached.equals(wanted)) {
            throw new IllegalStateException("changes lead to " + reached + " and not to " + wanted);
        }
        if (!reached.equals(nftables)) {
            changes++;
        }
        nftables = reached;
        committed = Optional.of(policy);
        current = committed;
    }

    private static RuleSet send(RuleSet before, List<Change> changes) {
        try {
            return new StrictTables(before).apply(changes);
        } catch (RuntimeException doesNotFit) {
            throw new KernelException(Reason.OTHER, "commit refused: " + doesNotFit.getMessage(), doesNotFit);
        }
    }

    /** What of the present tables is taken over: those that are as wanted, and the operator's. */
    private RuleSet keptOf(RuleSet wanted) {
        Map<RuleSet.TableId, RuleSet.Table> tables = new HashMap<>(nftables.tables());
        tables.values()
                .removeIf(table -> table.ownership() == Ownership.ENGINE
                        && !table.equals(wanted.tables().get(table.id())));
        return new RuleSet(tables);
    }

    void commit(IptablesRules wanted) {
        if (!iptables.equals(Optional.of(wanted))) {
            changes++;
        }
        iptables = Optional.of(wanted);
        sent = iptables;
    }

    /** The adapter sends the difference to what it sent last, whatever others did since. */
    void change(IptablesRules before, IptablesRules after) {
        if (!sent.equals(Optional.of(before))) {
            throw new KernelException(Reason.OTHER, "not what was sent last: " + before, null);
        }
        commit(after);
    }

    void remove(FirewallBackend backend) {
        switch (backend) {
            case NFTABLES -> {
                changes += nftables.equals(RuleSet.EMPTY) ? 0 : 1;
                nftables = RuleSet.EMPTY;
                ports = Set.of();
                committedPorts = ports;
                committed = Optional.empty();
                current = committed;
            }
            case IPTABLES -> {
                changes += iptables.isEmpty() ? 0 : 1;
                iptables = Optional.empty();
                sent = iptables;
            }
        }
    }
}
