package dev.bailey.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bailey.runtime.Bind;
import dev.bailey.runtime.oci.OciSpec.Mount;
import dev.bailey.runtime.state.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundleTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/config.json");

    private static Bundle bundle(OciUser user, List<Bind> binds) {
        return new Bundle(
                Path.of("/run/bailey/containers/0123/rootfs"),
                "door",
                user,
                List.of("sh", "-c", "echo \"hi\""),
                List.of("PATH=/bin", "A=1"),
                "/work",
                true,
                Optional.of(Path.of("/run/bailey/netns/0123")),
                true,
                "/bailey/0123",
                List.of(new Mount("/run", "tmpfs", "tmpfs", List.of("mode=755"))),
                List.of(Bind.parse("/d/hosts:/etc/hosts")),
                binds,
                List.of("/var/lib/bailey"));
    }

    /** Rewrite the file with {@code -Dgolden.update=true}, and read the difference. */
    @Test
    void spec_ofAnOrdinaryContainer_isTheGoldenFile() throws IOException {
        OciSpec spec = bundle(OciUser.ROOT, List.of(Bind.parse("/a:/b/c"), Bind.parse("/a:/b:ro")))
                .spec();
        // The limit of open files depends on the host.
        String json = JsonFiles.print(spec, OciSpec.class)
                        .replaceAll("\"rlimits\":\\[[^]]*]", "\"rlimits\":[]")
                        .replaceAll("\"architectures\":\\[[^]]*]", "\"architectures\":[]")
                        .replace("},{", "},\n{")
                        .replace("\":{\"", "\":\n{\"")
                + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.toAbsolutePath().getParent());
            Files.writeString(GOLDEN, json);
        }
        assertThat(json).isEqualTo(Files.readString(GOLDEN));
    }

    private static Bundle shared(Optional<Path> namespace) {
        Bundle own = bundle(OciUser.ROOT, List.of());
        return new Bundle(
                own.root(),
                own.hostname(),
                own.user(),
                own.arguments(),
                own.environment(),
                own.workingDirectory(),
                own.tty(),
                namespace,
                false,
                own.cgroup(),
                own.extraMounts(),
                own.files(),
                own.binds(),
                own.hidden());
    }

    @Test
    void spec_inTheHostsNetwork_joinsNoNamespace_andSetsNothingThere() {
        OciSpec.Linux linux = shared(Optional.empty()).spec().linux();
        assertThat(linux.namespaces())
                .extracting(OciSpec.Namespace::type)
                .containsExactly("pid", "ipc", "uts", "mount", "cgroup");
        assertThat(linux.sysctl()).isEmpty();
    }

    @Test
    void spec_inTheNetworkOfAnother_setsNothingThere() {
        OciSpec.Linux linux =
                shared(Optional.of(Path.of("/proc/1/fd/3"))).spec().linux();
        assertThat(linux.namespaces()).contains(new OciSpec.Namespace("network", "/proc/1/fd/3"));
        assertThat(linux.sysctl()).isEmpty();
    }

    @Test
    void mounts_nestedBinds_comeAfterWhatTheyAreIn() {
        List<String> destinations =
                bundle(OciUser.ROOT, List.of(Bind.parse("/a:/b/c"), Bind.parse("/a:/b"))).spec().mounts().stream()
                        .map(Mount::destination)
                        .toList();
        assertThat(destinations).containsSubsequence("/proc", "/dev", "/run", "/b", "/b/c");
        assertThat(destinations).containsOnlyOnce("/etc/hosts");
    }

    @Test
    void mounts_operatorsHosts_replaceTheGenerated() {
        List<Mount> mounts = bundle(OciUser.ROOT, List.of(Bind.parse("/mine:/etc/hosts")))
                .spec()
                .mounts();
        assertThat(mounts)
                .filteredOn(mount -> mount.destination().equals("/etc/hosts"))
                .extracting(Mount::source)
                .containsExactly("/mine");
    }

    @Test
    void capabilities_ofOthersThanRoot_areNotSwitchedOn() {
        OciProcess process =
                bundle(new OciUser(7, 8, List.of()), List.of()).spec().process();
        assertThat(process.capabilities().effective()).isEmpty();
        assertThat(process.capabilities().permitted()).isEmpty();
        assertThat(process.capabilities().bounding())
                .contains("CAP_NET_RAW")
                .doesNotContain("CAP_SYS_ADMIN", "CAP_NET_ADMIN");
    }

    @Test
    void environment_laterSources_win() {
        assertThat(Environment.ofContainer("h", true, List.of("PATH=/x", "B=2"), List.of("B=3", "TERM", "C=a=b")))
                .containsExactly("PATH=/x", "HOSTNAME=h", "B=3", "C=a=b");
    }
}
