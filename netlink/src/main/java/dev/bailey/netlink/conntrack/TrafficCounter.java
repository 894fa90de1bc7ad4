package dev.bailey.netlink.conntrack;

/**
 * What went in one direction of a connection.
 *
 * @param packets number of packets
 * @param bytes number of bytes, IP headers included
 */
public record TrafficCounter(long packets, long bytes) {}
