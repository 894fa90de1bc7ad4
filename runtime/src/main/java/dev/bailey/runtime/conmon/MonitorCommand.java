package dev.bailey.runtime.conmon;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one conmon is to watch over: a container's first process, or one exec.
 *
 * @param container the container's id, also its name for the OCI runtime
 * @param tty whether the process has a terminal
 * @param stdin whether standard input is open
 * @param keepStdin whether it stays open when an attached client leaves
 * @param files where conmon keeps its things
 */
public record MonitorCommand(String container, boolean tty, boolean stdin, boolean keepStdin, MonitorFiles files) {
    /**
     * The command line for a container.
     *
     * @param conmon the program
     * @param runtime the OCI runtime's program
     * @param runtimeRoot where the OCI runtime keeps its state
     * @param exitFolder where the exit code is left, in a file named after the container
     * @param log where the output goes
     */
    public List<String> create(Path conmon, Path runtime, Path runtimeRoot, Path exitFolder, Path log) {
        List<String> command = common(conmon, runtime, runtimeRoot, exitFolder, log.toString());
        command.addAll(List.of("--persist-dir", files.persist().toString()));
        return command;
    }

    /**
     * The command line for an exec; its exit code comes through the pipe only.
     *
     * @param conmon the program
     * @param runtime the OCI runtime's program
     * @param runtimeRoot where the OCI runtime keeps its state
     * @param process the file with the process to start
     */
    public List<String> exec(Path conmon, Path runtime, Path runtimeRoot, Path process) {
        List<String> command = common(conmon, runtime, runtimeRoot, files.bundle(), "/dev/null");
        command.addAll(List.of("--exec", "--exec-attach", "--exec-process-spec", process.toString()));
        return command;
    }

    private List<String> common(Path conmon, Path runtime, Path runtimeRoot, Path exitFolder, String log) {
        List<String> command = new ArrayList<>(List.of(
                conmon.toString(),
                "--api-version",
                "1",
                "--cid",
                container,
                "--cuuid",
                files.bundle().getFileName().toString(),
                "--runtime",
                runtime.toString(),
                "--runtime-arg",
                "--root",
                "--runtime-arg",
                runtimeRoot.toString(),
                "--bundle",
                files.bundle().toString(),
                "--exit-dir",
                exitFolder.toString(),
                "--log-path",
                "k8s-file:" + log,
                "--log-level",
                "error",
                "--full-attach",
                "--container-pidfile",
                files.containerPid().toString(),
                "--conmon-pidfile",
                files.monitorPid().toString()));
        if (tty) {
            command.add("--terminal");
        }
        if (stdin) {
            command.add("--stdin");
        }
        if (keepStdin) {
            command.add("--leave-stdin-open");
        }
        return command;
    }
}
