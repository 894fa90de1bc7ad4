package dev.bailey.bench.site;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A shell that stands where a peer's programs run and starts them one after the other.
 *
 * <p>It has entered the network namespace and the tree before any clock starts, so that what is timed is one fork and exec
 * by a small process: the least that any caller of such a program pays. Confined to one thread.
 */
public final class PeerShell implements AutoCloseable {
    private static final int SHOWN_CHARACTERS = 600;

    private final Process shell;
    private final Writer commands;
    private final BufferedReader statuses;
    private final Path folder;

    private PeerShell(Process shell, Path folder) {
        this.shell = shell;
        this.commands = shell.outputWriter();
        this.statuses = shell.inputReader();
        this.folder = folder;
    }

    /**
     * Starts the shell.
     *
     * @param namespace the file of the network namespace that it enters
     * @param folder its own, for what programs read and write
     */
    public static PeerShell open(PeerRoot root, Path namespace, Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> command = root.command(namespace, List.of("/bin/sh"));
        Process shell =
                new ProcessBuilder(command).redirectError(new File("/dev/null")).start();
        return new PeerShell(shell, folder);
    }

    /**
     * Runs a command line and waits for its end.
     *
     * @param line of the shell; its output is kept for {@link #output}
     * @param input what it reads
     * @throws IOException when it fails; the text has the end of what it said
     */
    public void run(String line, String input) throws IOException {
        Files.writeString(file("in"), input);
        commands.write("{ " + line + "; } <" + file("in") + " >" + file("out") + " 2>" + file("err") + "; echo $?\n");
        commands.flush();
        String status = statuses.readLine();
        if (!"0".equals(status)) {
            String said = (output() + " " + Files.readString(file("err"))).strip();
            throw new IOException("'" + line + "' ended with status " + status + ": "
                    + said.substring(Math.max(0, said.length() - SHOWN_CHARACTERS)));
        }
    }

    /** Returns what the last command wrote to its standard output. */
    public String output() throws IOException {
        return Files.readString(file("out"));
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    /** Lets the shell end, which it does when there is nothing more to read. */
    @Override
    public void close() throws IOException {
        commands.close();
        try {
            shell.waitFor();
        } catch (InterruptedException interrupted) {
            shell.destroy();
            throw Interruption.during("waiting for a shell", interrupted);
        }
    }
}
