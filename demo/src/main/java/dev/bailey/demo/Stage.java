package dev.bailey.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.lab.Await;
import dev.bailey.lab.CommandResult;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabException;
import dev.bailey.lab.LabProcess;
import dev.bailey.lab.Site;
import dev.bailey.lab.TcpServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Where the story happens: a lab with a host and an internet, and on the host folders of its own, so that Bailey runs
 * there with all of its defaults and touches nothing of the machine. Closing it ends everything.
 */
final class Stage implements AutoCloseable {
    /** The name under which the internet offers its service. */
    static final String NAME = "www.example.test";

    /** The port of that service, which tells each client the address that it comes from. */
    static final int PORT = 80;

    /** The address of that service. */
    static final String ADDRESS = "192.0.2.80";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String SCRIPT = "stage.sh";

    private final Lab lab = Lab.create();
    private final ControlGroups groups = ControlGroups.ofThisProcess();
    private final Site site;
    private final TcpServer web;
    private final LabProcess holder;
    private final Path tools;

    private Stage(Path launcher) throws IOException {
        site = Site.build(lab);
        site.internet().address("lo", ADDRESS + "/32");
        web = site.internet().tcpWhoAmI(ADDRESS, PORT);
        if (isInstalled("dnsmasq")) {
            site.internet().dns(Site.SERVICE, Map.of(NAME, ADDRESS));
        }
        tools = Files.createDirectory(lab.directory().resolve("bin"));
        Files.createSymbolicLink(tools.resolve("bailey"), launcher);
        holder = hold();
    }

    /** Sets the stage; the launcher is the path of bailey. */
    static Stage set(Path launcher) throws IOException {
        try {
            return new Stage(launcher);
        } catch (IOException | RuntimeException e) {
            throw new LabException(
                    "cannot set the stage (it needs root, util-linux and iproute2): " + e.getMessage(), e);
        }
    }

    /** Whether the machine has a program. */
    static boolean isInstalled(String program) {
        return List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private LabProcess hold() throws IOException {
        Path script = lab.directory().resolve(SCRIPT);
        try (InputStream text = Objects.requireNonNull(Stage.class.getResourceAsStream(SCRIPT), SCRIPT)) {
            Files.writeString(script, new String(text.readAllBytes(), UTF_8));
        }
        Path folder = Files.createDirectory(lab.directory().resolve("host"));
        return site.host()
                .command(
                        "unshare",
                        "--mount",
                        "--propagation",
                        "private",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "sh",
                        script.toString(),
                        folder.toString(),
                        Site.SERVICE,
                        groups.name())
                .start(process -> process.printed("ready"));
    }

    /** Plugs a second network card into the host, with an address and nothing else. */
    void plugSecondCard() {
        site.addSecondUplink();
    }

    /** The addresses that the internet has seen clients come from so far, a line each, the oldest first. */
    String clients() {
        return web.clients().stream()
                .map(client -> client.getAddress().getHostAddress() + "\n")
                .collect(Collectors.joining());
    }

    /** Runs a line of the shell as the host's operator, to its end, with both outputs in one. */
    CommandResult run(String line) {
        return site.host()
                .command(
                        "nsenter",
                        "--target",
                        String.valueOf(first()),
                        "--mount",
                        "--pid",
                        "bash",
                        "-c",
                        "exec 2>&1; " + line)
                .environment("PATH", tools + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .environment("BAILEY_HOST", "")
                .environment("BAILEY_DAEMON_OPTS", "")
                .environment("COLUMNS", "120")
                .limit(LIMIT)
                .execute();
    }

    /** The process that holds the host's namespaces, as this machine numbers it. */
    private long first() {
        long[] found = new long[1];
        Await.until("the first process of the host", () -> {
            found[0] = ProcessHandle.of(holder.pid())
                    .flatMap(unshare -> unshare.children().findFirst())
                    .map(ProcessHandle::pid)
                    .orElse(0L);
            return found[0] != 0;
        });
        return found[0];
    }

    @Override
    public void close() {
        try {
            lab.close();
        } finally {
            groups.remove();
        }
    }
}
