package dev.bailey.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The filter between a keyboard and a container that finds Ctrl-P Ctrl-Q, with which the person leaves.
 *
 * <p>A Ctrl-P is held back until the next key tells what it meant. Used by one thread.
 */
final class DetachKeys {
    private static final byte CTRL_P = 16;
    private static final byte CTRL_Q = 17;

    private boolean held;

    /** Passes keys on; returns true, and passes on nothing after them, when the person leaves. */
    boolean pass(byte[] keys, int length, OutputStream out) throws IOException {
        for (int at = 0; at < length; at++) {
            byte key = keys[at];
            if (held && key == CTRL_Q) {
                return true;
            }
            if (held) {
                out.write(CTRL_P);
                held = false;
            }
            if (key == CTRL_P) {
                held = true;
            } else {
                out.write(key);
            }
        }
        return false;
    }
}
