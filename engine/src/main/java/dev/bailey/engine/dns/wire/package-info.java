/** DNS messages as bytes: what a resolver has to read and write of them, and no more (RFC 1035, RFC 6891). */
@NullMarked
package dev.bailey.engine.dns.wire;

import org.jspecify.annotations.NullMarked;
