package dev.bailey.lab;

/**
 * A step of a lab that did not work: the message is one line that says which step, on which host, and why.
 *
 * <p>Unchecked, since a test has nothing to do about it but fail.
 */
public final class LabException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A failure that has no cause but itself. */
    public LabException(String message) {
        super(message);
    }

    /** A failure of something below; its own text is appended to the message. */
    public LabException(String message, Throwable cause) {
        super(message + ": " + text(cause), cause);
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
