/** Tests of the place of a run. */
@NullMarked
package dev.bailey.bench.site;

import org.jspecify.annotations.NullMarked;
