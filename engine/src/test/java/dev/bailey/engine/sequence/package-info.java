/** Random requests to an engine on a real kernel, checked after each with other tools and with packets. */
@NullMarked
package dev.bailey.engine.sequence;

import org.jspecify.annotations.NullMarked;
