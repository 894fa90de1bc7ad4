/** Tests of Bailey's own routes. */
@NullMarked
package dev.bailey.daemon.attachment;

import org.jspecify.annotations.NullMarked;
