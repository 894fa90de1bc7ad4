package dev.bailey.engine.view;

import dev.bailey.engine.firewall.iptables.IptablesRules;
import dev.bailey.engine.model.Network;
import dev.bailey.engine.model.Snapshot;
import dev.bailey.engine.view.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Rules of others that refuse what the engine's let pass: an accept in one table does not keep another from refusing. Pure. */
final class BlockFindings {
    private BlockFindings() {}

    /** A finding for each chain that refuses packets of a bridge; O(chains × networks). */
    static List<Finding> of(Snapshot model, HostReport report) {
        List<String> bridges = model.networks().stream()
                .map(Network::bridge)
                .map(Object::toString)
                .sorted()
                .toList();
        List<Finding> findings = new ArrayList<>();
        report.closed().forEach(chain -> closed(chain, bridges, findings));
        report.tables().stream()
                .filter(table -> table.backend() == Backend.IPTABLES_LEGACY)
                .forEach(table -> legacy(table, findings));
        return findings;
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
                    "packets from and to " + String.join(", ", refused)
                            + " pass only if its rules accept them, whatever ours say",
                    mend(chain, refused.getFirst())));
        }
    }

    private static String mend(ClosedChain chain, String bridge) {
        return switch (chain.author()) {
            case FIREWALLD ->
                "firewall-cmd --permanent --zone=trusted --add-interface=" + bridge + " && firewall-cmd --reload";
            case UFW -> "ufw route allow in on " + bridge + " && ufw route allow out on " + bridge;
            case DOCKER -> iptables("DOCKER-USER", bridge);
            case IPTABLES -> iptables(chain.name(), bridge);
            case NFTABLES -> nft(chain, "iifname", bridge) + " && " + nft(chain, "oifname", bridge);
        };
    }

    private static String iptables(String chain, String bridge) {
        return "iptables -I " + chain + " -i " + bridge + " -j ACCEPT && iptables -I " + chain + " -o " + bridge
                + " -j ACCEPT";
    }

    private static String nft(ClosedChain chain, String match, String bridge) {
        return "nft insert rule " + chain.family() + " " + chain.table() + " " + chain.name() + " " + match + " "
                + bridge + " accept";
    }

    private static void legacy(FirewallTable table, List<Finding> findings) {
        boolean ours = table.chains().stream().anyMatch(chain -> IptablesRules.isOwnChain(chain.name()));
        if (ours || !table.family().equals("ip")) {
            return;
        }
        table.chains().stream()
                .filter(chain ->
                        chain.base().filter(BlockFindings::dropsForwarded).isPresent())
                .forEach(chain -> findings.add(new Finding(
                        Severity.WARNING,
                        "chain " + chain.name() + " of table ip " + table.name()
                                + " of iptables-legacy drops what it does" + " not accept",
                        "packets from and to containers pass only if its rules accept them, whatever ours say",
                        "iptables-legacy -P " + chain.name() + " ACCEPT, if nobody needs it; or take"
                                + " --firewall-backend=iptables")));
    }

    private static boolean dropsForwarded(ChainHook hook) {
        return hook.hook().equals("forward")
                && hook.type().equals("filter")
                && hook.policy().equals("drop");
    }
}
