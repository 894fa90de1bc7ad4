/** The one place that changes the kernel: carries out steps, takes them back on failure, one thread at a time. */
@NullMarked
package dev.bailey.engine.reconcile;

import org.jspecify.annotations.NullMarked;
