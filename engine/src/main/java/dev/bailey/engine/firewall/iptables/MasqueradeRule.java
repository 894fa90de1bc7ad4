package dev.bailey.engine.firewall.iptables;

import dev.bailey.engine.model.IpSubnet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rule that gives packets of a network another sender, in a chain that it shares with rules of others which may look alike.
 *
 * <p>It says nowhere whose it is. So the chain of destinations claims the bridge, in the same table and the same commit, by a
 * rule at its end that changes nothing for any packet: a masquerading rule for a bridge that is claimed is the engine's.
 */
final class MasqueradeRule {
    private static final Pattern RULE =
            Pattern.compile("-s \\S+ ! -o (\\S+) -j (?:MASQUERADE|SNAT --to-source \\S+)(?: --random-fully)?");
    private static final Pattern CLAIM = Pattern.compile("-i (\\S+) -j RETURN");

    private MasqueradeRule() {}

    static String of(NetworkPart network, IpSubnet subnet, String target) {
        return "-s " + subnet + " ! -o " + network.bridge() + " -j " + target;
    }

    /** Whether it says no more than that the sender's address changes. */
    static boolean isPlain(NetworkPart network) {
        return target(network).equals("MASQUERADE");
    }

    /** What becomes of the sender's address of packets that leave. */
    static String target(NetworkPart network) {
        String target = network.sourceAddress()
                .map(address -> "SNAT --to-source " + address)
                .orElse("MASQUERADE");
        return switch (network.options().sourcePorts()) {
            case KEPT -> target;
            case RANDOM -> target + " --random-fully";
        };
    }

    static String claim(NetworkPart network) {
        return "-i " + network.bridge() + " -j RETURN";
    }

    /** The bridges that the rules of the chain of destinations claim. */
    static Set<String> claimed(List<String> destinations) {
        return destinations.stream()
                .map(CLAIM::matcher)
                .filter(Matcher::matches)
                .map(claim -> claim.group(1))
                .collect(Collectors.toSet());
    }

    /** The bridge of a rule that changes the sender; empty for any other rule. */
    static Optional<String> bridge(String rule) {
        Matcher matcher = RULE.matcher(rule);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
