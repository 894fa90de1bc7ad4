/** What the kernel should look like, and the steps from what is to what should be; pure. */
@NullMarked
package dev.bailey.engine.plan;

import org.jspecify.annotations.NullMarked;
