package dev.bailey.dist.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.api.attachment.AttachRequest;
import dev.bailey.api.attachment.AttachedEndpoint;
import dev.bailey.api.attachment.DetachRequest;
import dev.bailey.cli.client.DaemonClient;
import dev.bailey.cli.http.Request;
import dev.bailey.dist.Repository;
import dev.bailey.lab.CommandResult;
import dev.bailey.lab.Lab;
import dev.bailey.lab.LabHost;
import dev.bailey.lab.LabProcess;
import dev.bailey.lab.LeakCheck;
import dev.bailey.lab.Site;
import dev.bailey.lab.junit.LabExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Namespaces without a container: attached, used and detached. */
@Tag("lab")
@Timeout(900)
@ExtendWith(LabExtension.class)
final class AttachLabTest {
    private static final int ROUNDS = 100;

    @Test
    void example_attachNamespace_runs(Lab lab) {
        Site site = Site.build(lab);
        RunningBailey bailey = RunningBailey.start(site.host());
        // The lab takes names that begin like this back, whatever becomes of the script.
        String name = lab.directory().getFileName() + "-example";

        CommandResult result = site.host()
                .command(
                        Repository.root()
                                .resolve("examples/attach-namespace.sh")
                                .toString(),
                        name)
                .environment("BAILEY", RunningBailey.launcher().toString())
                .environment("BAILEY_HOST", bailey.address())
                .run();

        assertThat(result.output()).contains("172.17.0.2/16", "default via 172.17.0.1 dev eth0", "1 received");
        assertThat(result.output()).endsWith("done\n");
        assertThat(result.error()).contains("has an interface eth0 already");
    }

    @Test
    void attachAndDetach_hundredTimes_startsNoProcessAndLeavesNothing(Lab lab) throws IOException {
        LabHost host = Site.build(lab).host();
        LabHost sandbox = lab.host("sandbox");
        RunningBailey bailey = RunningBailey.start(host);
        DaemonClient client = bailey.client();
        // What the first ones make stays for the next: classes, connections, the folder of namespaces.
        attachAndDetach(client, sandbox);
        bailey.run("run", "--rm", "host", "true");
        LeakCheck check = LeakCheck.start(host);
        Path trace = lab.directory().resolve("trace");

        try (LabProcess strace = trace(host, bailey.daemon().pid(), trace)) {
            for (int round = 0; round < ROUNDS; round++) {
                attachAndDetach(client, sandbox);
            }
            assertThat(strace.isAlive()).isTrue();
            assertThat(trace).content().doesNotContain("execve");
            // What a container needs is started by the daemon: so the trace would have seen it.
            bailey.run("run", "--rm", "host", "true");
        }

        assertThat(trace).content().contains("execve(");
        check.requireNone();
    }

    private static void attachAndDetach(DaemonClient client, LabHost sandbox) throws IOException {
        String netns = sandbox.path().toString();
        AttachedEndpoint endpoint = client.ask(
                AttachedEndpoint.class,
                Request.post(
                        "/bailey/attach",
                        DaemonClient.json(new AttachRequest(netns, null, null, null, null, null, null))));
        assertThat(endpoint.interfaceName()).isEqualTo("eth0");
        client.call(Request.post("/bailey/detach", DaemonClient.json(new DetachRequest(netns, null, null))));
    }

    private static LabProcess trace(LabHost host, long pid, Path file) {
        return host.command(
                        "strace", "-f", "-e", "trace=execve,execveat", "-o", file.toString(), "-p", String.valueOf(pid))
                .start(strace -> strace.printed("attached") && Files.exists(file));
    }
}
