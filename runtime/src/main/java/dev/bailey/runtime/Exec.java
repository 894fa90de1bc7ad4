package dev.bailey.runtime;

import java.util.OptionalInt;

/**
 * An exec as it was at one moment; never changes.
 *
 * @param id its identity
 * @param container where it runs
 * @param spec what was asked for
 * @param running whether its process runs
 * @param pid of its process in the host's pid namespace; 0 before it was started
 * @param exitCode how it ended; empty before that
 */
public record Exec(ExecId id, ContainerId container, ExecSpec spec, boolean running, int pid, OptionalInt exitCode) {}
