package dev.bailey.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.linux.MountTable;
import dev.bailey.linux.Mounts;
import dev.bailey.runtime.rootfs.Cgroups;
import dev.bailey.runtime.rootfs.Trees;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Real containers in roots of their own: a JUnit extension that makes them before each test, and after it checks that
 * no mount, process, cgroup, sandbox or OCI state is left.
 */
@SuppressWarnings("NullAway.Init") // set before each test
final class RuntimeLab implements BeforeEachCallback, AfterEachCallback {
    private static final Path PROBED = Path.of(
            System.getProperty("java.io.tmpdir"),
            "bailey-oci-runtime-" + ProcessHandle.current().pid() + ".json");

    static final Duration PATIENCE = Duration.ofSeconds(30);

    Path folder;
    Path root;
    FakeNetwork network;
    Containers containers;
    private RuntimeOptions options;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("bailey-runtime-");
        root = HostPieces.fill(folder.resolve("image"));
        network = new FakeNetwork(folder.resolve("netns"));
        // Which OCI runtime works is asked once, not for each test.
        Files.createDirectories(folder.resolve("data"));
        if (Files.exists(PROBED)) {
            Files.copy(PROBED, folder.resolve("data").resolve("oci-runtime.json"));
        }
        options = RuntimeOptions.of(folder.resolve("data"), folder.resolve("run"), () -> DnsSettings.NONE);
        containers = Containers.open(options, network);
    }

    RuntimeOptions options() {
        return options;
    }

    /** As if the daemon had been killed and started again. */
    void restart() {
        containers.close();
        containers = Containers.open(options, network);
    }

    ContainerSpecBuilder shell(String script) {
        return ContainerSpec.builder(root.toString()).command(List.of("sh", "-c", script));
    }

    /** Creates, attaches, starts, and gives everything that the container wrote, when it has ended. */
    String run(ContainerSpecBuilder spec) throws Exception {
        ContainerId id = containers.create(spec.build());
        try (AttachStreams streams = containers.attach(id)) {
            var end = containers.wait(id, WaitCondition.NEXT_EXIT);
            containers.start(id);
            String output = readAll(streams);
            end.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return output;
        }
    }

    static String readAll(AttachStreams streams) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Optional<OutputFrame> frame = streams.read(); frame.isPresent(); frame = streams.read()) {
            all.writeBytes(frame.get().data());
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    /** Reads until the output holds some text. */
    static String readUntil(AttachStreams streams, String wanted) throws IOException {
        StringBuilder all = new StringBuilder();
        while (all.indexOf(wanted) < 0) {
            OutputFrame frame = streams.read()
                    .orElseThrow(() -> new IOException("the output ended before \"" + wanted + "\": " + all));
            all.append(new String(frame.data(), StandardCharsets.UTF_8));
        }
        return all.toString();
    }

    ContainerState.Exited exited(ContainerId id) {
        return (ContainerState.Exited) containers.inspect(id.value()).state();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        try {
            for (Container container : containers.list()) {
                containers.remove(container.id(), true);
            }
            containers.close();
            keepProbe();
            assertNothingLeft();
        } finally {
            for (Path target : MountTable.read().below(folder)) {
                Mounts.unmount(target, true);
            }
            Trees.delete(folder);
        }
    }

    private void keepProbe() throws IOException {
        Path answer = options.dataRoot().resolve("oci-runtime.json");
        if (Files.exists(answer) && !Files.exists(PROBED)) {
            Files.copy(answer, PROBED);
            PROBED.toFile().deleteOnExit();
        }
    }

    private void assertNothingLeft() throws IOException, InterruptedException {
        assertThat(MountTable.read().below(folder)).as("mounts").isSubsetOf(Set.of(folder.resolve("netns")));
        assertThat(network.sandboxes()).as("sandboxes").isEmpty();
        assertThat(children(options.execRoot().resolve("containers")))
                .as("bundles")
                .isEmpty();
        assertThat(children(options.execRoot().resolve("scratch")))
                .as("scratch")
                .isEmpty();
        assertThat(children(options.execRoot().resolve("exits")))
                .as("exit codes")
                .isEmpty();
        assertThat(children(options.execRoot().resolve("oci"))).as("OCI states").isEmpty();
        assertThat(children(options.dataRoot().resolve("containers")))
                .as("state files")
                .isEmpty();
        assertThat(new Cgroups(options.cgroupParent(), MountTable.read()).names())
                .as("cgroups")
                .isEmpty();
        // conmon ends by itself, a moment after it has reported.
        Set<Integer> processes = MonitorProcesses.mentioning(options.execRoot());
        for (int i = 0; i < 200 && !processes.isEmpty(); i++) {
            Thread.sleep(20);
            processes = MonitorProcesses.mentioning(options.execRoot());
        }
        assertThat(processes).as("processes").isEmpty();
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var stream = Files.list(folder)) {
            return stream.toList();
        }
    }
}
