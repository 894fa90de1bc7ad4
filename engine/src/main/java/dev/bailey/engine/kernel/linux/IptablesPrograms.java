package dev.bailey.engine.kernel.linux;

import dev.bailey.engine.firewall.iptables.IptablesFamily;
import dev.bailey.engine.firewall.iptables.IptablesRules.Table;
import dev.bailey.engine.firewall.iptables.SavedTables;
import dev.bailey.engine.kernel.KernelException;
import dev.bailey.engine.kernel.KernelException.Reason;
import dev.bailey.linux.ProgramRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The two programs of iptables that read and change the tables of one family.
 *
 * @param variant where these programs keep the tables
 * @param save prints all tables
 * @param restore changes tables, each of them in one commit
 */
record IptablesPrograms(IptablesVariant variant, HostProgram save, HostProgram restore) {
    /** Another program may hold the lock of the legacy tables; with nf_tables there is none. */
    private static final String LOCK_SECONDS = "10";

    private static final Pattern LINE_NUMBER = Pattern.compile("\\bline:? (\\d+)");
    private static final Pattern NOISE = Pattern.compile("Try `.*|Error occurred at line: \\d+|\\s*");
    private static final Pattern OWN_NAME = Pattern.compile("^ip6?tables\\S*(?: v\\S+ \\(\\w+\\))?:\\s*");

    /**
     * The programs that the host's operator means by {@code iptables} and {@code ip6tables}.
     *
     * @throws KernelException UNSUPPORTED when there are none
     */
    static IptablesPrograms ofHost(List<Path> folders, IptablesFamily family) {
        return find(folders, family.program())
                .orElseThrow(() -> new KernelException(
                        Reason.UNSUPPORTED,
                        "the iptables backend needs the programs " + family.program() + "-restore and "
                                + family.program() + "-save: install iptables, or take the nftables backend",
                        null));
    }

    /** Programs of one variant, whichever the operator means. */
    static Optional<IptablesPrograms> of(List<Path> folders, IptablesFamily family, IptablesVariant variant) {
        return Stream.of(family.program() + variant.infix(), family.program())
                .flatMap(name -> find(folders, name).stream())
                .filter(programs -> programs.variant == variant)
                .findFirst();
    }

    private static Optional<IptablesPrograms> find(List<Path> folders, String name) {
        Optional<HostProgram> save = HostProgram.find(folders, name + "-save");
        Optional<HostProgram> restore = HostProgram.find(folders, name + "-restore");
        if (save.isEmpty() || restore.isEmpty()) {
            return Optional.empty();
        }
        String version = check(restore.get(), restore.get().run(List.of("--version"), ""), "");
        return Optional.of(new IptablesPrograms(IptablesVariant.ofVersion(version), save.get(), restore.get()));
    }

    /** The engine's part of all tables. */
    List<Table> read() {
        return SavedTables.read(check(save, save.run(List.of(), ""), ""));
    }

    /**
     * Changes tables.
     *
     * @param text the changes; each of its tables is one commit
     * @param observer is told the number of the process that makes them
     * @throws KernelException with the program's own words and the line it complains about
     */
    void change(String text, ProgramRun.Observer observer) {
        check(restore, restore.run(List.of("--noflush", "--wait", LOCK_SECONDS), text, observer), text);
    }

    private static String check(HostProgram program, ProgramRun outcome, String input) {
        if (outcome.exitCode() == 0) {
            return outcome.output();
        }
        String said = outcome.error() + outcome.output();
        String words = said.lines()
                .map(line -> OWN_NAME.matcher(line).replaceFirst(""))
                .filter(line -> !NOISE.matcher(line).matches())
                .map(String::strip)
                .collect(Collectors.joining("; "));
        String message = program.name() + " failed with exit code " + outcome.exitCode() + ": " + words
                + blamed(said, input).map(line -> "; it read: " + line).orElse("");
        throw new KernelException(Reason.OTHER, message, null);
    }

    private static Optional<String> blamed(String output, String input) {
        Matcher number = LINE_NUMBER.matcher(output);
        return number.find()
                ? input.lines().skip(Long.parseLong(number.group(1)) - 1L).findFirst()
                : Optional.empty();
    }
}
