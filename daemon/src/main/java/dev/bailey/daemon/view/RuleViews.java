package dev.bailey.daemon.view;

import dev.bailey.api.view.ChainRow;
import dev.bailey.api.view.HostNatChain;
import dev.bailey.api.view.HostNatTable;
import dev.bailey.api.view.HostTable;
import dev.bailey.api.view.NatRow;
import dev.bailey.engine.view.ChainHook;
import dev.bailey.engine.view.FirewallTable;
import dev.bailey.engine.view.NatChain;
import dev.bailey.engine.view.NatRule;
import dev.bailey.engine.view.NatTable;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Tables of rules as clients see them; pure. */
final class RuleViews {
    private RuleViews() {}

    static HostTable table(FirewallTable table) {
        return new HostTable(
                table.family(),
                table.name(),
                table.backend().word(),
                table.owner(),
                table.dormant(),
                table.chains().stream()
                        .map(chain -> chain(chain.name(), chain.base()))
                        .toList());
    }

    private static ChainRow chain(String name, Optional<ChainHook> base) {
        return base.map(hook ->
                        new ChainRow(name, hook.type(), hook.hook(), hook.priority(), hook.policy(), hook.device()))
                .orElseGet(() -> new ChainRow(name, "", "", 0, "", ""));
    }

    static HostNatTable natTable(NatTable table) {
        return new HostNatTable(
                table.family(),
                table.name(),
                table.backend().word(),
                table.chains().stream().map(RuleViews::natChain).toList());
    }

    private static HostNatChain natChain(NatChain chain) {
        return new HostNatChain(
                chain(chain.name(), chain.base()),
                chain.references(),
                chain.rules().stream().map(RuleViews::natRow).toList());
    }

    private static NatRow natRow(NatRule rule) {
        return new NatRow(
                number(rule.packets()),
                number(rule.bytes()),
                rule.target(),
                rule.protocol(),
                rule.in(),
                rule.out(),
                rule.source(),
                rule.destination(),
                rule.details());
    }

    private static @Nullable Long number(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }
}
