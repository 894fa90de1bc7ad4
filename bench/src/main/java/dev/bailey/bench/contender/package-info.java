/** Those who are measured: the kernel's floor, Bailey and the peers. */
@NullMarked
package dev.bailey.bench.contender;

import org.jspecify.annotations.NullMarked;
