package dev.bailey.manual;

import java.util.List;

/** The page of the daemon, bailey-daemon(8). */
final class DaemonPage {
    private DaemonPage() {}

    static String text(List<DaemonOption> options) {
        Roff page = new Roff("bailey-daemon", 8, "the daemon that owns the networks of containers");
        page.section("SYNOPSIS").paragraph("bailey daemon [OPTIONS]");
        page.section("DESCRIPTION")
                .paragraph("Runs in the foreground: makes the bridge and the packet rules where they are missing, puts"
                        + " right what differs from what it remembers, and serves bailey(1) and the Docker Engine API"
                        + " on a Unix socket. Containers and their networks outlive it.")
                .paragraph("It is told nothing by the service that starts it: what it finds in"
                        + " bailey-daemon.json(5) and in BAILEY_OPTS of /etc/default/bailey holds however it is"
                        + " started. A setting that is given in two places is an error that names both.");
        page.section("OPTIONS");
        options.forEach(option -> page.term(option.forms(), option.value(), option.description() + "."));
        page.section("SIGNALS")
                .term("SIGTERM, SIGINT", "", "Stop in good order. Containers and networks stay.")
                .term(
                        "SIGHUP",
                        "",
                        "Read the settings again; what has to wait for the next start is named in the log.");
        page.section("ENVIRONMENT")
                .term("NOTIFY_SOCKET", "", "Who is told READY=1, RELOADING=1 and STOPPING=1, as sd_notify(3) has it.")
                .term(
                        "WATCHDOG_USEC",
                        "",
                        "How long the service manager waits for a sign of life. One is given only when the engine has"
                                + " just done a task.");
        page.section("EXIT STATUS")
                .term("0", "", "Stopped in good order.")
                .term("1", "", "It could not start; one line on standard error says why.")
                .term("2", "", "A setting is wrong; one line on standard error says which, and where it is.");
        page.section("FILES")
                .term("/etc/bailey/daemon.json", "", "Settings; see bailey-daemon.json(5).")
                .term("/etc/default/bailey", "", "BAILEY_OPTS, with options as above.")
                .term("/var/lib/bailey", "", "What survives a reboot.")
                .term("/run/bailey", "", "What does not; the socket among it.");
        page.section("SEE ALSO").paragraph("bailey(1), bailey-daemon.json(5), nft(8), iptables(8)");
        return page.toString();
    }
}
