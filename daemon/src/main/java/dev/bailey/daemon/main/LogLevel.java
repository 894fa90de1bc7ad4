package dev.bailey.daemon.main;

/** How much the daemon logs, under Docker's names. */
enum LogLevel {
    DEBUG,
    INFO,
    WARN,
    ERROR
}
