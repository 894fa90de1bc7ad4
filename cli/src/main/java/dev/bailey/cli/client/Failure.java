package dev.bailey.cli.client;

/** The end of a command by an error that is already put into words; carries the exit code that goes with it. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /** Creates a failure with the line that the person sees. */
    public Failure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Returns the exit code, 1 to 255. */
    public int exitCode() {
        return exitCode;
    }
}
