package dev.bailey.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * The three streams of the person's side. Unbuffered: what a container writes is seen at once.
 *
 * @param in what the person types, or a file
 * @param out where standard output goes
 * @param err where standard error goes
 */
public record StandardStreams(InputStream in, OutputStream out, OutputStream err) {
    /** Returns the streams of this process. */
    public static StandardStreams ofProcess() {
        return new StandardStreams(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err));
    }
}
