package dev.bailey.lab;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A comparison of what is there after a test with what was there before it.
 *
 * <p>It looks at this JVM (file descriptors, threads that stayed in another namespace, child processes), at the namespaces,
 * mounts and directories of this JVM's labs, at the links, addresses, routes and rules of the network namespace that the
 * JVM lives in, and, when it was started for a host, at those of the host, with the packet filter's tables, the connections
 * that are tracked and the processes there. In JUnit, {@link dev.bailey.lab.junit.LabExtension} does it around each test.
 *
 * <p>Tests that run side by side in one JVM would be told each other's things. Used by one thread.
 */
public final class LeakCheck {
    // The kernel removes a closed namespace and its links some tens of milliseconds later.
    /** How long it waits unless told otherwise. */
    public static final Duration LIMIT = Duration.ofSeconds(10);

    private final Optional<LabHost> host;
    private final List<Path> watched = new ArrayList<>();
    private final Map<String, Integer> before;

    private LeakCheck(Optional<LabHost> host) {
        this.host = host;
        OpenFiles.settle();
        this.before = count(observe());
    }

    /** Looks at what there is now, outside all labs. */
    public static LeakCheck start() {
        return new LeakCheck(Optional.empty());
    }

    /** Looks at what there is now, outside all labs and inside this host. */
    public static LeakCheck start(LabHost host) {
        return new LeakCheck(Optional.of(host));
    }

    /** Looks for mounts below this directory as well; there must be none now. */
    public LeakCheck watch(Path directory) {
        watched.add(requireNonNull(directory, "directory"));
        return this;
    }

    /** What is there now and was not there at the start, one line each, without waiting. */
    public List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        count(observe()).forEach((thing, count) -> {
            int extra = count - before.getOrDefault(thing, 0);
            if (extra > 0) {
                leaks.add(extra == 1 ? thing : thing + " (" + extra + " times)");
            }
        });
        leaks.sort(null);
        return leaks;
    }

    /**
     * Waits for some seconds until nothing is left.
     *
     * @throws LeakError when something still is
     */
    public void requireNone() {
        requireNone(LIMIT);
    }

    /**
     * Waits until nothing is left, and no longer than this.
     *
     * @throws LeakError when something still is
     */
    public void requireNone(Duration limit) {
        try {
            Await.until("nothing to be left behind", limit, () -> leaks().isEmpty());
        } catch (LabException e) {
            List<String> leaks = leaks();
            if (!leaks.isEmpty()) {
                throw new LeakError(leaks);
            }
        }
    }

    private List<String> observe() {
        List<String> things = new ArrayList<>();
        OpenFiles.descriptors().forEach(target -> things.add("file descriptor of this JVM on " + target));
        things.addAll(OpenFiles.strayThreads());
        Stream.concat(
                        ProcessHandle.current().descendants(),
                        host.stream().flatMap(inside -> inside.processes().stream()))
                .distinct()
                .map(Processes::describe)
                .forEach(things::add);
        Stream.concat(LabDirectory.left().stream(), watched.stream())
                .flatMap(directory -> LabMounts.below(directory).stream())
                .map(LabMounts::describe)
                .forEach(things::add);
        LabDirectory.left().forEach(directory -> things.add("file " + directory));
        things.addAll(NetworkState.ofThisJvm());
        host.ifPresent(inside -> things.addAll(NetworkState.of(inside)));
        return things;
    }

    private static Map<String, Integer> count(List<String> things) {
        Map<String, Integer> counts = new HashMap<>();
        things.forEach(thing -> counts.merge(thing, 1, Integer::sum));
        return counts;
    }
}
