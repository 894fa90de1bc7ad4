/** Bailey's own words: network namespaces attached without a container. */
@NullMarked
package dev.bailey.api.attachment;

import org.jspecify.annotations.NullMarked;
