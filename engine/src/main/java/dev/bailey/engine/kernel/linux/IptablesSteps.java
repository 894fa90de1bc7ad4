package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.iptables.IptablesFamily;
import dev.bailey.engine.firewall.iptables.IptablesFirewall;
import dev.bailey.engine.firewall.iptables.IptablesRules;
import dev.bailey.engine.firewall.iptables.IptablesRules.Table;
import dev.bailey.engine.firewall.iptables.RestoreText;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.KernelException.Reason;
import dev.bailey.engine.kernel.RuleDamage;
import dev.bailey.engine.model.FirewallBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the engine's part of the tables of iptables as wanted, with the programs that the host's operator uses.
 *
 * <p>The first commit compares with what is there; later ones send what changed between the two, with one call for each
 * family that it concerns, and none where nothing did. For tasks of the writer, in whose namespace the programs work.
 */
final class IptablesSteps {
    private static final Logger LOG = LoggerFactory.getLogger(IptablesSteps.class);

    private final List<Path> folders;
    private final IptablesTables tables;
    private final WatchedRules watched;
    private final ForwardPasses passes;
    private final Map<IptablesFamily, IptablesPrograms> programs = new EnumMap<>(IptablesFamily.class);
    private Optional<IptablesRules> committed = Optional.empty();
    /** What the tables have for all that is known; empty when that is to be found out. */
    private Optional<IptablesRules> current = Optional.empty();

    /**
     * Nothing is run before the first step.
     *
     * @param folders where the programs are looked for, first come first
     * @param watched is told what others must not change
     * @param passes lets bridges through where tables of nf_tables refuse them
     */
    IptablesSteps(List<Path> folders, IptablesTables tables, WatchedRules watched, ForwardPasses passes) {
        this.watched = watched;
        this.passes = passes;
        this.folders = List.copyOf(folders);
        this.tables = tables;
    }

    /**
     * Brings the tables to what is wanted.
     *
     * @throws KernelException when a program is missing or refuses; what it had changed is taken back then
     */
    void commit(IptablesRules wanted) throws IOException {
        if (current.isPresent()) {
            change(current.get(), wanted);
        } else {
            choosePrograms();
            IptablesRules there = read();
            if (change(there, wanted)) {
                checkReadBack(wanted);
            }
            removeFromOtherVariant();
        }
        current = Optional.of(wanted);
        committed = current;
        for (IptablesVariant variant : IptablesVariant.values()) {
            watched.setIptables(variant, programs.values().stream().anyMatch(chosen -> chosen.variant() == variant));
        }
        passes.commit(FirewallBackend.IPTABLES, IptablesFirewall.bridges(wanted));
    }

    /**
     * What differs from what was committed last; what was found is what the next commit starts from.
     *
     * @throws KernelException when a program refuses
     */
    RuleDamage broken() {
        if (committed.isEmpty() || current.isEmpty()) {
            return RuleDamage.NONE;
        }
        Set<IptablesFamily> suspects = watched.takeSuspects();
        IptablesRules there = new IptablesRules(
                suspects.contains(IptablesFamily.IPV4)
                        ? read(IptablesFamily.IPV4)
                        : current.get().ipv4(),
                suspects.contains(IptablesFamily.IPV6)
                        ? read(IptablesFamily.IPV6)
                        : current.get().ipv6());
        current = Optional.of(there);
        return damage(there, committed.get());
    }

    private RuleDamage damage(IptablesRules there, IptablesRules wanted) {
        List<String> broken = new ArrayList<>();
        List<String> displaced = new ArrayList<>();
        for (IptablesFamily family : programs.keySet()) {
            List<Table> is = there.tables(family);
            List<String> changed =
                    RestoreText.tablesThatDiffer(RestoreText.withoutOthersBehind(is), wanted.tables(family));
            for (String table : RestoreText.tablesThatDiffer(is, wanted.tables(family))) {
                String name = "table " + table + " of " + family.program();
                if (changed.contains(table)) {
                    broken.add(name + " was changed");
                } else {
                    displaced.add("rules were appended to " + name + " behind the engine's");
                }
            }
        }
        return new RuleDamage(broken, displaced);
    }

    private void choosePrograms() {
        for (IptablesFamily family : IptablesFamily.values()) {
            if (tables.exists(family)) {
                programs.put(family, IptablesPrograms.ofHost(folders, family));
            }
        }
        programs.forEach((family, chosen) -> LOG.info(
                "rules of {} through {} ({})",
                family.program(),
                chosen.restore().path(),
                chosen.variant().infix().substring(1)));
    }

    private IptablesRules read() {
        return new IptablesRules(read(IptablesFamily.IPV4), read(IptablesFamily.IPV6));
    }

    private List<Table> read(IptablesFamily family) {
        IptablesPrograms chosen = programs.get(family);
        return chosen == null ? List.of() : chosen.read();
    }

    private boolean change(IptablesRules from, IptablesRules to) {
        List<IptablesFamily> begun = new ArrayList<>();
        try {
            programs.forEach((family, chosen) -> {
                String text = RestoreText.between(from.tables(family), to.tables(family));
                if (!text.isEmpty()) {
                    begun.add(family);
                    chosen.change(text, watched::own);
                }
            });
            return !begun.isEmpty();
        } catch (KernelException refusal) {
            begun.forEach(family -> takeBack(family, from, refusal));
            throw refusal;
        }
    }

    /** Of several tables in one call some may be committed: what is there says which. */
    private void takeBack(IptablesFamily family, IptablesRules to, KernelException refusal) {
        try {
            String text = RestoreText.between(read(family), to.tables(family));
            IptablesPrograms chosen = programs.get(family);
            if (chosen != null && !text.isEmpty()) {
                chosen.change(text, watched::own);
            }
        } catch (KernelException second) {
            refusal.addSuppressed(second);
        }
    }

    /** A program that prints rules in words of its own would make the next start add them once more. */
    private void checkReadBack(IptablesRules wanted) {
        for (Map.Entry<IptablesFamily, IptablesPrograms> each : programs.entrySet()) {
            // Somebody who appends a rule meanwhile is no reason to refuse: what follows the changes sees to it.
            List<Table> there = RestoreText.withoutOthersBehind(each.getValue().read());
            String difference = RestoreText.between(there, wanted.tables(each.getKey()));
            if (!difference.isEmpty()) {
                throw new KernelException(
                        Reason.UNSUPPORTED,
                        each.getValue().save().path() + " does not print the rules that were made; it differs in: "
                                + String.join("; ", difference.lines().toList()),
                        null);
            }
        }
    }

    /** The operator may have chosen the other variant since the last start. */
    private void removeFromOtherVariant() throws IOException {
        for (Map.Entry<IptablesFamily, IptablesPrograms> each : programs.entrySet()) {
            for (IptablesVariant variant : IptablesVariant.values()) {
                if (variant != each.getValue().variant()) {
                    remove(each.getKey(), variant);
                }
            }
        }
    }

    /** Takes everything of the engine's away, from both variants; a program is run only where there may be something. */
    void remove() throws IOException {
        for (IptablesFamily family : IptablesFamily.values()) {
            for (IptablesVariant variant : IptablesVariant.values()) {
                remove(family, variant);
            }
        }
        current = Optional.empty();
        committed = current;
        for (IptablesVariant variant : IptablesVariant.values()) {
            watched.setIptables(variant, false);
        }
        passes.remove(FirewallBackend.IPTABLES);
    }

    private void remove(IptablesFamily family, IptablesVariant variant) throws IOException {
        if (!tables.mayHaveRules(family, variant)) {
            return;
        }
        Optional<IptablesPrograms> found = IptablesPrograms.of(folders, family, variant);
        if (found.isEmpty()) {
            LOG.warn(
                    "there may be rules of an earlier start in the tables of {}{}: without its programs they stay",
                    family.program(),
                    variant.infix());
            return;
        }
        List<Table> there = found.get().read();
        String text = RestoreText.between(there, RestoreText.withoutEngine(there));
        if (!text.isEmpty()) {
            found.get().change(text, watched::own);
            LOG.info("took the rules away from {}{}", family.program(), variant.infix());
            if (variant == IptablesVariant.NFT) {
                tables.removeHollow(family);
            }
        }
    }
}
