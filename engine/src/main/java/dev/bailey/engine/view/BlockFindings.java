package dev.bailey.engine.view;

import dev.bailey.engine.firewall.iptables.IptablesRules;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.view.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Rules of others that refuse what the engine's let pass: an accept in one table does not keep another from refusing. Pure. */
final class BlockFindings {
    private static final String IPV6 = "ip6";

    private BlockFindings() {}

    /** A finding for each chain that refuses packets of a bridge; O(chains × networks). */
    static List<Finding> of(Snapshot model, HostReport report) {
        List<Finding> findings = new ArrayList<>();
        report.closed().forEach(chain -> closed(chain, bridges(model, chain.family()), findings));
        report.tables().stream()
                .filter(table -> table.backend() == Backend.IPTABLES_LEGACY)
                .filter(table -> !bridges(model, table.family()).isEmpty())
                .forEach(table -> legacy(table, findings));
        return findings;
    }

    /** The bridges that have packets of a table's family. */
    private static List<String> bridges(Snapshot model, String family) {
        return model.networks().stream()
                .filter(network -> !family.equals(IPV6) || network.ipv6().isPresent())
                .map(Network::bridge)
                .map(Object::toString)
                .sorted()
                .toList();
    }

    private static void closed(ClosedChain chain, List<String> bridges, List<Finding> findings) {
        List<String> refused = bridges.stream()
                .filter(bridge -> !chain.passed().contains(bridge))
                .toList();
        if (!refused.isEmpty()) {
            findings.add(new Finding(
                    Severity.WARNING,
                    "chain " + chain.name() + " of table " + chain.family() + " " + chain.table() + " refuses, by "
                            + chain.refusal() + ", what it did not accept before",
                    (chain.family().equals(IPV6) ? "IPv6 packets" : "packets") + " from and to "
                            + String.join(", ", refused)
                            + " pass only if its rules accept them, whatever ours say",
                    mend(chain, refused.getFirst())));
        }
    }

    private static String mend(ClosedChain chain, String bridge) {
        return switch (chain.author()) {
            case FIREWALLD ->
                "firewall-cmd --permanent --zone=trusted --add-interface=" + bridge + " && firewall-cmd --reload";
            case UFW -> "ufw route allow in on " + bridge + " && ufw route allow out on " + bridge;
            case DOCKER -> iptables(chain, "DOCKER-USER", bridge);
            case IPTABLES -> iptables(chain, chain.name(), bridge);
            case NFTABLES -> nft(chain, "iifname", bridge) + " && " + nft(chain, "oifname", bridge);
        };
    }

    private static String iptables(ClosedChain closed, String chain, String bridge) {
        String insert = program(closed.family()) + " -I " + chain;
        return insert + " -i " + bridge + " -j ACCEPT && " + insert + " -o " + bridge + " -j ACCEPT";
    }

    private static String program(String family) {
        return family.equals(IPV6) ? "ip6tables" : "iptables";
    }

    private static String nft(ClosedChain chain, String match, String bridge) {
        return "nft insert rule " + chain.family() + " " + chain.table() + " " + chain.name() + " " + match + " "
                + bridge + " accept";
    }

    private static void legacy(FirewallTable table, List<Finding> findings) {
        boolean ours = table.chains().stream().anyMatch(chain -> IptablesRules.isOwnChain(chain.name()));
        if (ours) {
            return;
        }
        String program = program(table.family()) + "-legacy";
        table.chains().stream()
                .filter(chain ->
                        chain.base().filter(BlockFindings::dropsForwarded).isPresent())
                .forEach(chain -> findings.add(new Finding(
                        Severity.WARNING,
                        "chain " + chain.name() + " of table " + table.family() + " " + table.name() + " of " + program
                                + " drops what it does not accept",
                        "packets from and to containers pass only if its rules accept them, whatever ours say",
                        program + " -P " + chain.name() + " ACCEPT, if nobody needs it; or take"
                                + " --firewall-backend=iptables")));
    }

    private static boolean dropsForwarded(ChainHook hook) {
        return hook.hook().equals("forward")
                && hook.type().equals("filter")
                && hook.policy().equals("drop");
    }
}
