package dev.bailey.cli.options;

/** Arguments that cannot be understood; the message is one line that says what would be right. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Creates the exception with the line that the person sees. */
    public UsageException(String message) {
        super(message);
    }
}
