package dev.bailey.manual;

import dev.bailey.cli.options.Option;
import dev.bailey.cli.options.OptionTable;
import java.util.List;

/** The page of the client, bailey(1). */
final class ClientPage {
    private static final List<Option> EVERYWHERE = List.of(OptionTable.HOST, OptionTable.HELP);

    private ClientPage() {}

    static String text(List<ManualVerb> verbs) {
        Roff page = new Roff("bailey", 1, "networks for containers");
        page.section("SYNOPSIS").paragraph("bailey [-H unix://PATH] VERB [OPTIONS] [OPERANDS]");
        page.section("DESCRIPTION")
                .paragraph("Runs containers and gives them their network: a bridge, an address, a gateway, a way out"
                        + " through NAT. What has a name in docker(1) has the same name and the same options here. The"
                        + " verbs talk to the daemon, bailey-daemon(8).");
        page.section("OPTIONS OF EVERY VERB");
        EVERYWHERE.forEach(option -> term(page, option));
        page.section("VERBS");
        for (ManualVerb verb : verbs) {
            page.part("bailey " + verb.name(), verb.operands());
            page.paragraph(verb.summary() + ".");
            verb.options().stream()
                    .filter(option -> !EVERYWHERE.contains(option))
                    .forEach(option -> term(page, option));
        }
        page.part("bailey config check", "[OPTIONS]");
        page.paragraph("Read every setting as the daemon would and print it with its origin, without a daemon.");
        page.part("bailey daemon", "[OPTIONS]");
        page.paragraph("Run the daemon in the foreground; see bailey-daemon(8).");
        page.part("bailey demo", "[--markdown]");
        page.paragraph("Show what Bailey does, in a lab made of namespaces; touches nothing of the machine.");
        return ending(page);
    }

    private static void term(Roff page, Option option) {
        String typed = option.letter() == 0 ? "--" + option.name() : "-" + option.letter() + ", --" + option.name();
        page.term(typed, option.valueName(), option.help());
    }

    private static String ending(Roff page) {
        page.section("EXIT STATUS")
                .term("0", "", "Done.")
                .term("1", "", "The daemon refused, could not be reached, or a file could not be read.")
                .term("125", "", "The arguments are wrong; of run also: the container could not be made or started.")
                .term("126, 127", "", "Of run and exec: the command cannot be executed; it was not found.")
                .term("other", "", "Of run and exec: the command's own, 128 and the signal's number after a signal.");
        page.section("ENVIRONMENT").term("BAILEY_HOST", "", "The daemon's socket, as --host has it.");
        page.section("FILES")
                .term("/run/bailey/bailey.sock", "", "The daemon's socket, for root and the group bailey.");
        page.section("SEE ALSO").paragraph("bailey-daemon(8), bailey-daemon.json(5), docker(1), ip-netns(8)");
        return page.toString();
    }
}
