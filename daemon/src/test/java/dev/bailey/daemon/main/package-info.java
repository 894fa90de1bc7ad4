/** Tests of the process and its options. */
@NullMarked
package dev.bailey.daemon.main;

import org.jspecify.annotations.NullMarked;
