package dev.bailey.api.view;

import dev.bailey.api.internal.Absent;
import io.avaje.jsonb.Json;

/**
 * A chain, and where it is hooked in.
 *
 * @param name its name
 * @param type {@code filter}, {@code nat} or {@code route}; empty for a chain that others jump to, as are the rest then
 * @param hook the point of a packet's way that it is hooked in at
 * @param priority the order among the chains of that point, lowest first
 * @param policy what becomes of a packet that no rule decided on: {@code accept} or {@code drop}
 * @param device the device of an ingress or egress chain; empty for others
 */
@Json
public record ChainRow(String name, String type, String hook, int priority, String policy, String device) {
    public ChainRow {
        name = Absent.orEmpty(name);
        type = Absent.orEmpty(type);
        hook = Absent.orEmpty(hook);
        policy = Absent.orEmpty(policy);
        device = Absent.orEmpty(device);
    }

    /** Returns whether packets come to it by themselves. */
    public boolean isBase() {
        return !hook.isEmpty();
    }
}
