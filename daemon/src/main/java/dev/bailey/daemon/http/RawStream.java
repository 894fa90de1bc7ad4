package dev.bailey.daemon.http;

import java.io.InputStream;
import java.io.OutputStream;

/**
 * A connection that has stopped to speak HTTP: bytes both ways. The input ends when the client closes its half, the
 * output goes on until it is closed.
 *
 * <p>One thread may read while another writes.
 *
 * @param input what the client sends
 * @param output what it receives, each write at once
 */
public record RawStream(InputStream input, OutputStream output) {}
