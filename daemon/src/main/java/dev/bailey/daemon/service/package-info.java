/** The service manager that started the daemon: what it is told, and the watchdog that it keeps. */
@NullMarked
package dev.bailey.daemon.service;

import org.jspecify.annotations.NullMarked;
