/** The benchmarks: Bailey, the kernel's floor and the peers, measured side by side in one run. */
@NullMarked
package dev.bailey.bench;

import org.jspecify.annotations.NullMarked;
