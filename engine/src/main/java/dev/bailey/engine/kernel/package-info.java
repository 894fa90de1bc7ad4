/** The port to the operating system: what the engine observes of a host and the steps that change it; values only. */
@NullMarked
package dev.bailey.engine.kernel;

import org.jspecify.annotations.NullMarked;
