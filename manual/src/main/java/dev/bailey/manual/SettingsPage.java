package dev.bailey.manual;

import java.util.List;

/** The page of the daemon's file of settings, bailey-daemon.json(5). */
final class SettingsPage {
    private SettingsPage() {}

    static String text(List<DaemonOption> options) {
        Roff page = new Roff("bailey-daemon.json", 5, "settings of the Bailey daemon");
        page.section("SYNOPSIS").paragraph("/etc/bailey/daemon.json");
        page.section("DESCRIPTION")
                .paragraph("One JSON object, with Docker's keys. A key that is unknown, that is set in another place"
                        + " as well, or that has no effect beside another one is an error at the start of"
                        + " bailey-daemon(8). 'bailey config' shows what holds and where it comes from, and 'bailey"
                        + " config check' says what is wrong before a start.");
        page.section("KEYS");
        options.stream()
                .filter(option -> !option.key().isEmpty())
                .forEach(option -> page.term(
                        option.key(),
                        option.value(),
                        option.description() + ". On the command line: " + option.forms() + "."));
        page.section("EXAMPLE").example("""
                        {
                          "bridge": "bridge0",
                          "mtu": 1450,
                          "dns": ["192.0.2.53"]
                        }
                        """);
        page.section("SEE ALSO").paragraph("bailey-daemon(8), bailey(1)");
        return page.toString();
    }
}
