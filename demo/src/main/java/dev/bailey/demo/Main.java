package dev.bailey.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bailey.lab.LabException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code bailey demo}: tells the story in a lab made on the spot; nothing is left when it ends. */
public final class Main {
    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 125;
    private static final String HELP = """
            Usage: bailey demo [--markdown]

            Show what Bailey does, in a lab made of namespaces: a host with an uplink and then two, and an internet
            that tells the address it sees. Every command is run, and its output is its own. Needs root, and touches
            nothing of this machine.

            Options:
              --markdown   As a document: docs/walkthrough.md
              --help       Print this help
            """;

    private Main() {}

    /** Tells the story; the exit code is 0 when every command did its work. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getProperty("bailey.launcher", "")));
    }

    private static int run(List<String> arguments, String launcher) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
        if (arguments.equals(List.of("--help"))) {
            out.print(HELP);
            out.flush();
            return 0;
        }
        if (!arguments.isEmpty() && !arguments.equals(List.of("--markdown"))) {
            return complain(EXIT_USAGE, "demo: unexpected " + arguments.getFirst() + "; see 'bailey demo --help'");
        }
        try {
            return tell(out, arguments.isEmpty() ? usual() : Style.MARKDOWN, launcher);
        } catch (LabException | IOException e) {
            return complain(EXIT_FAILED, "demo: " + e.getMessage());
        }
    }

    private static Style usual() {
        return System.console() != null && System.console().isTerminal() && System.getenv("NO_COLOR") == null
                ? Style.COLOUR
                : Style.PLAIN;
    }

    private static int tell(PrintStream out, Style style, String launcher) throws IOException {
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            return complain(EXIT_FAILED, "demo: a lab is made of namespaces and needs root: use sudo");
        }
        try (Stage stage = Stage.set(Path.of(launcher.isEmpty() ? "/usr/bin/bailey" : launcher))) {
            int failures = new Teller(stage, style, out).tell(Story.steps());
            return failures == 0 ? 0 : complain(EXIT_FAILED, "demo: " + failures + " commands failed");
        }
    }

    private static int complain(int exitCode, String message) {
        System.err.println("bailey: " + message);
        return exitCode;
    }
}
