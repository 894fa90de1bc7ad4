package dev.bailey.runtime;

/** Which of a process's two output streams; a terminal has only the first. */
public enum OutputStreamName {
    /** Standard output, and everything of a terminal. */
    STDOUT,
    /** Standard error. */
    STDERR
}
