/** Tests of what the service manager hears. */
@NullMarked
package dev.bailey.daemon.service;

import org.jspecify.annotations.NullMarked;
