package dev.bailey.dist.endtoend;

import dev.bailey.cli.client.DaemonClient;
import dev.bailey.dist.Repository;
import dev.bailey.lab.Command;
import dev.bailey.lab.CommandResult;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import dev.bailey.lab.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Bailey on a host of a lab: the daemon, with folders of its own below the lab's, and the launcher that drives it. */
final class RunningBailey {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final LabHost host;
    private final LabProcess daemon;

    private RunningBailey(LabHost host, UnaryOperator<Command> prepare) {
        this.host = host;
        Path folder = folder(host);
        Command command =
                bailey("daemon", "-H", address(), "--data-root", folder + "/data", "--exec-root", folder + "/run");
        this.daemon = prepare.apply(command).start(process -> answers());
    }

    /** Starts a daemon on a host, with the machine's resolver configuration. */
    static RunningBailey start(LabHost host) {
        return new RunningBailey(host, command -> command);
    }

    /** Starts a daemon on a site's host, whose resolver configuration names the site's DNS server. */
    static RunningBailey start(Site site) {
        return new RunningBailey(site.host(), command -> command.nameserver(Site.SERVICE));
    }

    /** Starts a daemon on a host, with what is made of its command. */
    static RunningBailey start(LabHost host, UnaryOperator<Command> prepare) {
        return new RunningBailey(host, prepare);
    }

    /** The launcher. */
    static Path launcher() {
        return Repository.root().resolve("bailey");
    }

    /** The daemon's process. */
    LabProcess daemon() {
        return daemon;
    }

    /** A client of the daemon's socket. */
    DaemonClient client() {
        return new DaemonClient(socket());
    }

    /** What names the daemon's socket to a client. */
    String address() {
        return "unix://" + socket();
    }

    /** A command of the launcher, as the host's operator types it. */
    Command bailey(String... words) {
        return host.command(Stream.concat(Stream.of(launcher().toString()), Stream.of(words))
                        .toArray(String[]::new))
                .environment("BAILEY_HOST", address())
                .limit(LIMIT);
    }

    /** Runs a command of the launcher, which must succeed. */
    CommandResult run(String... words) {
        return bailey(words).run();
    }

    private boolean answers() {
        try {
            client().knock();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Path socket() {
        return folder(host).resolve("bailey.sock");
    }

    private static Path folder(LabHost host) {
        return host.lab().directory().resolve("bailey");
    }
}
