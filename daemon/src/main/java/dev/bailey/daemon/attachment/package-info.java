/** What Docker has no word for: network namespaces that are given an endpoint without a container. */
@NullMarked
package dev.bailey.daemon.attachment;

import org.jspecify.annotations.NullMarked;
