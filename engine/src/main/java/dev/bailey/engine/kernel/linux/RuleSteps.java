package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.FirewallPolicy;
import dev.bailey.engine.firewall.FirewallRules;
import dev.bailey.engine.firewall.PortElements;
import dev.bailey.engine.firewall.PortMap;
import dev.bailey.engine.firewall.RuleSet;
import dev.bailey.engine.firewall.RuleSetDiff;
import dev.bailey.engine.kernel.RuleStep;
import dev.bailey.engine.model.FirewallBackend;
import dev.bailey.engine.model.PublishedPort;
import dev.bailey.engine.model.PublishedPorts;
import dev.bailey.netlink.NetlinkException;
import dev.bailey.netlink.nftables.Batch;
import dev.bailey.netlink.nftables.Element;
import dev.bailey.netlink.nftables.InstalledRule;
import dev.bailey.netlink.nftables.NftablesConnection;
import dev.bailey.netlink.nftables.Rule;
import dev.bailey.netlink.nftables.SetContent;
import dev.bailey.netlink.nftables.TableContent;
import dev.bailey.netlink.nftables.TableId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps the kernel's rules as wanted, each change one transaction.
 *
 * <p>The first commit compares every table with what the kernel has. A table that is as wanted is only taken over, so a
 * restart touches no rule and no counter; one that differs is replaced whole, in the transaction that makes it anew, so no
 * packet meets a moment without rules. Later commits send what changed between the two. Published ports are elements of maps
 * of that table; they are changed by themselves, as many messages as there are ports in a change.
 *
 * <p>The socket owns the engine's tables: only it can write to them, and it must stay open. For tasks of the writer, one at a time.
 */
final class RuleSteps implements AutoCloseable {
    private final NftablesConnection nftables;
    private final WatchedRules watched;
    private final ForwardPasses passes;
    private Optional<FirewallPolicy> committed = Optional.empty();
    /** What the kernel has for all that is known; empty when that is to be found out. */
    private Optional<FirewallPolicy> current = Optional.empty();
    /** What is published, in the kernel as well when the rules there are known. */
    private PublishedPorts ports = PublishedPorts.NONE;

    /** Closes the connection when it is closed itself; tells what others must not change. */
    RuleSteps(NftablesConnection nftables, WatchedRules watched, ForwardPasses passes) {
        this.watched = watched;
        this.nftables = nftables;
        this.passes = passes;
    }

    void commit(FirewallPolicy wanted, PublishedPorts wantedPorts) throws IOException {
        Batch batch = current.isPresent()
                ? changes(current.get(), wanted, wantedPorts)
                : firstBatch(FirewallRules.of(wanted), wantedPorts);
        if (!batch.isEmpty()) {
            nftables.commit(batch);
        }
        ports = wantedPorts;
        current = Optional.of(wanted);
        committed = current;
        watched.setNftables(true);
        passes.commit(FirewallBackend.NFTABLES, wanted.bridges());
    }

    /** What is published is compared only where it is not the same value: O(1) when nothing of it has changed. */
    private Batch changes(FirewallPolicy from, FirewallPolicy wanted, PublishedPorts wantedPorts) {
        Batch batch = RuleCompiler.write(new Batch(), FirewallRules.changes(from, wanted));
        if (!ports.equals(wantedPorts)) {
            Set<PublishedPort> before = new LinkedHashSet<>(ports.all());
            Set<PublishedPort> after = new LinkedHashSet<>(wantedPorts.all());
            RuleCompiler.write(
                    batch,
                    FirewallRules.TABLE,
                    PortElements.only(
                            before.stream()
                                    .filter(port -> !after.contains(port))
                                    .toList(),
                            wantedPorts),
                    PortElements.only(
                            after.stream()
                                    .filter(port -> !before.contains(port))
                                    .toList(),
                            ports));
        }
        return batch;
    }

    /**
     * One transaction, O(the ports that are changed). Where a change was refused before, what is known here counts: the next
     * commit of all rules finds the difference.
     */
    void change(RuleStep.ChangePorts step) throws IOException {
        nftables.commit(RuleCompiler.write(
                new Batch(),
                FirewallRules.TABLE,
                PortElements.only(step.removed(), step.after()),
                PortElements.only(step.added(), step.before())));
        boolean asTold = ports.equals(step.before());
        ports = asTold ? step.after() : ports.without(step.removed()).with(step.added());
    }

    /**
     * What differs from what was committed last, table by table; the next commit brings it back.
     *
     * <p>Of a table of the operator's nothing counts but that it is there.
     */
    List<String> broken() throws IOException {
        List<String> broken = new ArrayList<>();
        for (RuleSet.Table table : committed
                .map(policy -> FirewallRules.of(policy).tables().values())
                .orElse(List.of())) {
            Optional<TableContent> there = nftables.read(RuleCompiler.id(table.id()));
            String name = "table " + RuleCompiler.id(table.id());
            if (there.isEmpty()) {
                broken.add(name + " was gone");
            } else if (table.ownership() == RuleSet.Ownership.ENGINE && !isAsWanted(there.get(), table, ports)) {
                broken.add(name + " was changed");
            }
        }
        if (!broken.isEmpty()) {
            current = Optional.empty();
        }
        return broken;
    }

    /** Takes the engine's table away, and the operator's unless something was put into it. A kernel without nf_tables has none. */
    void remove() throws IOException {
        for (int attempt = 0; attempt < NftablesConnection.MAX_READ_ATTEMPTS; attempt++) {
            Optional<Integer> generation = generation();
            if (generation.isEmpty()) {
                return;
            }
            Batch batch = removal();
            if (batch.isEmpty() || nftables.commitIfUnchanged(batch, generation.get())) {
                current = Optional.empty();
                committed = current;
                ports = PublishedPorts.NONE;
                watched.setNftables(false);
                passes.remove(FirewallBackend.NFTABLES);
                return;
            }
        }
        throw new IOException("remove table " + FirewallRules.TABLE.name() + ": the rule set changed again and again");
    }

    private Optional<Integer> generation() throws IOException {
        try {
            return Optional.of(nftables.generation().id());
        } catch (NetlinkException noSuchSubsystem) {
            return Optional.empty();
        }
    }

    private Batch removal() throws IOException {
        Batch batch = new Batch();
        TableId own = RuleCompiler.id(FirewallRules.TABLE);
        if (nftables.table(own).isPresent()) {
            batch.delete(own);
        }
        TableId operators = RuleCompiler.id(FirewallRules.OPERATOR_TABLE);
        if (nftables.read(operators).filter(RuleSteps::isUnused).isPresent()) {
            batch.delete(operators);
        }
        return batch;
    }

    private static boolean isUnused(TableContent table) {
        return table.rules().isEmpty()
                && table.sets().isEmpty()
                && table.chains().stream().allMatch(chain -> chain.hook().isPresent());
    }

    private Batch firstBatch(RuleSet wanted, PublishedPorts wantedPorts) throws IOException {
        Batch batch = new Batch();
        Map<RuleSet.TableId, RuleSet.Table> missing = new HashMap<>();
        for (RuleSet.Table table : wanted.tables().values()) {
            Optional<TableContent> there = nftables.read(RuleCompiler.id(table.id()));
            switch (table.ownership()) {
                case OPERATOR -> {
                    if (there.isEmpty()) {
                        missing.put(table.id(), table);
                    }
                }
                case ENGINE -> {
                    if (there.isPresent() && isAsWanted(there.get(), table, wantedPorts)) {
                        batch.add(RuleCompiler.table(table.id(), table.ownership()));
                    } else {
                        if (there.isPresent()) {
                            batch.add(RuleCompiler.table(table.id(), table.ownership()))
                                    .delete(RuleCompiler.id(table.id()));
                        }
                        missing.put(table.id(), table);
                    }
                }
            }
        }
        RuleCompiler.write(batch, RuleSetDiff.between(RuleSet.EMPTY, new RuleSet(missing)));
        missing.values().stream()
                .filter(table -> !table.portMaps().isEmpty())
                .forEach(table -> RuleCompiler.write(batch, table.id(), List.of(), PortElements.of(wantedPorts.all())));
        return batch;
    }

    /** Compares all that the engine writes; counters count on, so they do not count here. */
    private static boolean isAsWanted(TableContent there, RuleSet.Table wanted, PublishedPorts ports) {
        return chains(there).equals(chains(wanted))
                && rules(there).equals(rules(wanted))
                && maps(there).equals(maps(wanted, ports));
    }

    private static Set<Object> chains(TableContent there) {
        return new HashSet<>(there.chains());
    }

    private static Set<Object> chains(RuleSet.Table wanted) {
        return wanted.chains().values().stream()
                .map(chain -> RuleCompiler.chain(wanted.id(), chain.name(), chain.base()))
                .collect(Collectors.toSet());
    }

    private static Map<String, List<Rule>> rules(TableContent there) {
        return there.rules().stream()
                .map(InstalledRule::rule)
                .map(Rule::withZeroCounters)
                .collect(Collectors.groupingBy(Rule::chain));
    }

    private static Map<String, List<Rule>> rules(RuleSet.Table wanted) {
        return wanted.chains().values().stream()
                .flatMap(
                        chain -> chain.rules().stream().map(rule -> RuleCompiler.rule(wanted.id(), chain.name(), rule)))
                .collect(Collectors.groupingBy(Rule::chain));
    }

    private static Map<Object, Set<Object>> maps(TableContent there) {
        return there.sets().stream()
                .collect(Collectors.toMap(SetContent::definition, set -> new HashSet<>(set.elements())));
    }

    private static Map<Object, Set<Object>> maps(RuleSet.Table wanted, PublishedPorts ports) {
        Map<Object, Set<Object>> maps = new HashMap<>(verdictMaps(wanted));
        if (!wanted.portMaps().isEmpty()) {
            Map<PortMap, List<Element>> elements = RuleCompiler.elements(PortElements.of(ports.all()));
            wanted.portMaps()
                    .forEach(map -> maps.put(
                            RuleCompiler.map(wanted.id(), map), new HashSet<>(elements.getOrDefault(map, List.of()))));
        }
        return maps;
    }

    private static Map<Object, Set<Object>> verdictMaps(RuleSet.Table wanted) {
        return wanted.maps().values().stream()
                .collect(Collectors.toMap(
                        map -> RuleCompiler.map(wanted.id(), map.name(), map.keyType()),
                        map -> map.elements().entrySet().stream()
                                .map(element -> RuleCompiler.element(element.getKey(), element.getValue()))
                                .collect(Collectors.toSet())));
    }

    @Override
    public void close() {
        nftables.close();
    }
}
