/** Published ports, measured by themselves. */
@NullMarked
package dev.bailey.engine.benchmark;

import org.jspecify.annotations.NullMarked;
