/** The daemon's process: options, log, socket file, wiring, start and orderly stop. */
@NullMarked
package dev.bailey.daemon.main;

import org.jspecify.annotations.NullMarked;
