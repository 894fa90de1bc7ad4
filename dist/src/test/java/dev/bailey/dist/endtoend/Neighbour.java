package dev.bailey.dist.endtoend;

import java.io.IOException;
import java.util.Map;

/** A program that has rules of its own on a host, and perhaps guests whose traffic is to flow. */
interface Neighbour {
    /** Starts it for the first time and returns when its rules are there. */
    void start() throws IOException;

    /** What is done to it while it runs, such as a restart, by what it is called; in the order in which it is to be done. */
    Map<String, Change> changes();

    /** Its guests reach the internet, and others reach what they offer. */
    void verify();

    /** Something that is done to it. */
    @FunctionalInterface
    interface Change {
        /** Does it, and returns when it is done. */
        void make() throws IOException;
    }
}
