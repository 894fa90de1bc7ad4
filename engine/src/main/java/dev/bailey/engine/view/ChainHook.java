package dev.bailey.engine.view;

/**
 * Where and when a base chain sees packets.
 *
 * @param type what it is for: {@code filter}, {@code nat} or {@code route}
 * @param hook the point of a packet's way: {@code prerouting}, {@code input}, {@code forward}, {@code output},
 *     {@code postrouting}, {@code ingress} or {@code egress}
 * @param priority the order among the chains of that point, lowest first
 * @param policy what becomes of a packet that no rule decided on: {@code accept} or {@code drop}
 * @param device the device of an ingress or egress chain; empty for others
 */
public record ChainHook(String type, String hook, int priority, String policy, String device) {}
