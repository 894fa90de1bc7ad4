package dev.bailey.lab;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The processes that live in the namespaces of a lab. */
final class Processes {
    private static final Path PROC = Path.of("/proc");

    private Processes() {}

    /** The processes, but for this one, whose network namespace is one of these; walks all processes of the machine. */
    static List<ProcessHandle> inside(Set<Long> namespaces) {
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path entry : entries) {
                OptionalLong namespace = NamespaceLink.read(entry.resolve("ns/net"));
                if (namespace.isPresent() && namespaces.contains(namespace.getAsLong())) {
                    long pid = Long.parseLong(entry.getFileName().toString());
                    ProcessHandle.of(pid).filter(process -> pid != ownPid()).ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            throw new LabException("reading " + PROC, e);
        }
        return found;
    }

    /**
     * Kills all processes inside these namespaces with their descendants, and waits until there are none. The processes in
     * the machine's own namespace and in this JVM's are let alone, even if somebody has bound it inside a lab.
     */
    static void killInside(Set<Long> namespaces) {
        Set<Long> foreign = new HashSet<>(namespaces);
        for (String pid : List.of("1", "self")) {
            NamespaceLink.read(PROC.resolve(pid + "/ns/net")).ifPresent(foreign::remove);
        }
        Await.until("the end of the processes inside the lab", () -> {
            List<ProcessHandle> processes = inside(foreign);
            processes.stream()
                    .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                    .filter(process -> process.pid() != ownPid())
                    .forEach(ProcessHandle::destroyForcibly);
            return processes.isEmpty();
        });
    }

    /** A process as told in a list of what is left. */
    static String describe(ProcessHandle process) {
        return "process " + process.pid() + " ("
                + process.info()
                        .commandLine()
                        .or(() -> process.info().command())
                        .orElse("ended meanwhile") + ")";
    }

    private static long ownPid() {
        return ProcessHandle.current().pid();
    }
}
