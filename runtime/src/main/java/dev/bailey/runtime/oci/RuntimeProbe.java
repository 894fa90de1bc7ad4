package dev.bailey.runtime.oci;

import dev.bailey.runtime.ContainerException;
import dev.bailey.runtime.ContainerException.Kind;
import dev.bailey.runtime.oci.OciSpec.Linux;
import dev.bailey.runtime.oci.OciSpec.Mount;
import dev.bailey.runtime.oci.OciSpec.Namespace;
import dev.bailey.runtime.oci.OciSpec.Resources;
import dev.bailey.runtime.oci.OciSpec.Root;
import dev.bailey.runtime.oci.Programs.Result;
import dev.bailey.runtime.rootfs.Trees;
import dev.bailey.runtime.state.JsonFiles;
import io.avaje.jsonb.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which OCI runtime works on this host, by running a container that does nothing.
 *
 * <p>The answer depends on the kernel, its cgroup set-up and the program, so it is kept in a file together with these
 * and asked for again when one of them has changed. Not for use by two threads at once.
 */
public final class RuntimeProbe {
    private static final Logger LOG = LoggerFactory.getLogger(RuntimeProbe.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    /** In order of preference: crun starts a container in half the time. */
    private static final List<String> CANDIDATES = List.of("crun", "runc");
    /** What a program needs to run, read-only from this host. */
    private static final List<String> HOST_FOLDERS = List.of("/bin", "/lib", "/lib64", "/usr");

    private final Path answerFile;
    private final Path scratch;
    private final String cgroup;

    /**
     * A probe.
     *
     * @param answerFile where the answer is kept
     * @param scratch a folder for the probing container; made and removed again
     * @param cgroup the cgroup of the probing container, absolute below the root of each hierarchy
     */
    public RuntimeProbe(Path answerFile, Path scratch, String cgroup) {
        this.answerFile = answerFile;
        this.scratch = scratch;
        this.cgroup = cgroup;
    }

    /**
     * The kept answer.
     *
     * @param program the runtime that works
     * @param basis what it depended on
     */
    @Json
    public record Answer(String program, String basis) {}

    /** The runtime that works; an error that says what to install when none does. */
    public Path find() throws IOException, InterruptedException {
        List<Path> candidates = CANDIDATES.stream()
                .map(Programs::find)
                .flatMap(Optional::stream)
                .toList();
        String basis = basis(candidates);
        Optional<Path> kept = kept(basis);
        if (kept.isPresent()) {
            return kept.get();
        }
        List<String> reasons = new ArrayList<>();
        for (Path candidate : candidates) {
            Result result = probe(candidate);
            if (result.exitCode() == 0) {
                JsonFiles.write(answerFile, new Answer(candidate.toString(), basis), Answer.class);
                LOG.info("OCI runtime: {}", candidate);
                return candidate;
            }
            reasons.add(candidate + ": " + RuntimeMessages.reason(result.output()));
        }
        throw new ContainerException(
                Kind.UNAVAILABLE,
                reasons.isEmpty()
                        ? "no OCI runtime found: install runc or crun (apt-get install runc)"
                        : "no OCI runtime works on this host: " + String.join("; ", reasons));
    }

    /** The runtime that worked last, without looking whether it still would; empty when none was ever found. */
    public Optional<Path> kept() {
        try {
            return Optional.of(Path.of(JsonFiles.read(answerFile, Answer.class).program()));
        } catch (IOException noneYet) {
            return Optional.empty();
        }
    }

    private Optional<Path> kept(String basis) {
        try {
            Answer answer = JsonFiles.read(answerFile, Answer.class);
            return Optional.of(answer).filter(a -> a.basis().equals(basis)).map(a -> Path.of(a.program()));
        } catch (IOException noneYet) {
            return Optional.empty();
        }
    }

    private static String basis(List<Path> candidates) throws IOException {
        StringBuilder basis = new StringBuilder(System.getProperty("os.version"));
        for (Path candidate : candidates) {
            basis.append(' ')
                    .append(candidate)
                    .append('=')
                    .append(Files.getLastModifiedTime(candidate).toMillis());
        }
        try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
            mounts.filter(line -> line.contains(" cgroup"))
                    .map(line -> line.split(" ")[1])
                    .sorted()
                    .forEach(folder -> basis.append(' ').append(folder));
        }
        return basis.toString();
    }

    private Result probe(Path candidate) throws IOException, InterruptedException {
        String id = "bailey-probe-" + ProcessHandle.current().pid();
        Path root = scratch.resolve("state");
        try {
            Files.createDirectories(scratch.resolve("rootfs"));
            JsonFiles.writeAndSync(scratch.resolve("config.json"), JsonFiles.print(spec(), OciSpec.class));
            return Programs.run(
                    TIMEOUT,
                    List.of(
                            candidate.toString(),
                            "--root",
                            root.toString(),
                            "run",
                            "--bundle",
                            scratch.toString(),
                            id));
        } finally {
            new OciRuntime(candidate, root).delete(id);
            Trees.delete(scratch);
        }
    }

    private OciSpec spec() {
        List<Mount> mounts = new ArrayList<>(Defaults.MOUNTS.subList(0, 2));
        HOST_FOLDERS.stream()
                .filter(folder -> Files.isDirectory(Path.of(folder)))
                .map(folder -> new Mount(folder, "bind", folder, List.of("bind", "ro")))
                .forEach(mounts::add);
        return new OciSpec(
                OciSpec.VERSION,
                Bundle.process(OciUser.ROOT, List.of("/bin/true"), List.of("PATH=" + Defaults.PATH), "/", false),
                new Root(scratch.resolve("rootfs").toString(), false),
                "probe",
                mounts,
                new Linux(
                        Stream.of("pid", "ipc", "uts", "mount", "cgroup")
                                .map(type -> new Namespace(type, null))
                                .toList(),
                        cgroup,
                        new Resources(Defaults.DEVICES),
                        List.of(),
                        List.of(),
                        Map.of(),
                        null));
    }
}
